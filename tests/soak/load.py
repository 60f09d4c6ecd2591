"""Load: how fast the bot answers many at once, while Slack is slow, and whether it grows in the long run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

from sqlalchemy import text

from sandbox import Person
from tests import any_day
from tests.soak.bots import AS_SHIPPED, Life
from tests.soak.measured import Measured, Plan, flaws_of, spread
from tests.soak.workload import Workload, workload

HANDS = 16
CHANGES = ("/reverse-mentor pause 2 weeks", "/reverse-mentor resume")
"""Each is a commit of its own."""


def commands_a_second(plan: Plan) -> Measured:
    """Commands that each change something, at a steady rate from many people, in real time."""
    with _live(plan, plan["people"]) as (work, life):
        time.sleep(SETTLES_IN)
        used = life.cpu_seconds
        took, late = _typed(work.people, plan["rate"], plan["seconds"])
        each = (life.cpu_seconds - used) / max(1, len(took))
    over = sum(one > PROMISE for one in took)
    reached = len(took) / plan["seconds"]
    p99 = sorted(took)[int(len(took) * 0.99)] if took else 0.0
    return Measured(
        f"{len(took)} of {plan['rate'] * plan['seconds']} commands offered in {plan['seconds']} s",
        f"{reached:.0f} a second with {HANDS} people at once; answered after {spread(took, 's')};"
        f" {over} after more than {PROMISE:.0f} s; {late} without an answer; {each * 1000:.1f} ms of the bot's"
        " processor time each",
        flaws_of(
            (reached >= plan["rate"] * 0.99, f"{reached:.0f} a second"),
            (p99 < 0.25, f"p99 {p99:.2f} s"),
            (not over and not late, f"{over + late} were too late"),
        ),
    )


PROMISE = 3.0
BURSTS = 3


def _typed(people: Sequence[Person], rate: int, seconds: int) -> tuple[list[float], int]:
    """The seconds that each answer took at that rate, and how many got none."""
    took: list[float] = []
    lost: list[str] = []
    turn, guard = cycle((who, what) for what in CHANGES for who in people), threading.Lock()
    began = time.monotonic()
    sent = 0

    def types() -> None:
        nonlocal sent
        while True:
            with guard:
                due = began + sent / rate
                if due > began + seconds or time.monotonic() > began + seconds:
                    return
                sent += 1
                who, what = next(turn)
            time.sleep(max(0.0, due - time.monotonic()))
            before = time.monotonic()
            answer = who.types(what)
            took.append(time.monotonic() - before)
            if not answer.ok:
                lost.append(str(answer.error))

    with ThreadPoolExecutor(HANDS) as pool:
        for _ in range(HANDS):
            pool.submit(types)
    return took, len(lost)


class _live:  # noqa: N801 - it is used like a function
    """A bot in real time with so many people in its program."""

    def __init__(self, plan: Plan, people: int) -> None:
        self._work = workload(plan.seed, speed=1.0, start=any_day.now())
        self._people = people

    def __enter__(self) -> tuple[Workload, Life]:
        work = self._work.__enter__()
        work.sets_up()
        work.enroll(self._people // 2)
        self._nursery = work.nursery(real=True, **AS_SHIPPED)
        self._nursery.__enter__()
        return work, self._nursery.bears()

    def __exit__(self, *what: object) -> None:
        self._nursery.__exit__(None, None, None)
        self._work.__exit__(None, None, None)


def clicks_while_slack_is_slow(plan: Plan) -> Measured:
    """As many people as wanted ask at once, while every call to Slack takes ten seconds."""
    with _live(plan, plan["people"]) as (work, _life):
        time.sleep(SETTLES_IN)
        work.slack.faults.slow(delay=10.0, seconds=60.0)
        took: list[float] = []
        lost: list[str] = []

        def types(who: Person) -> None:
            began = time.monotonic()
            answer = who.types("/reverse-mentor pause 2 weeks")
            took.append(time.monotonic() - began)
            if not answer.ok:
                lost.append(str(answer.error))

        _at_once([lambda who=who: types(who) for who in work.people])  # type: ignore[misc]  # a default is no argument
        work.slack.faults.clear()
    slow = sum(one > 1.0 for one in took)
    return Measured(
        f"{len(took)} commands at once, each call to Slack takes 10 s",
        f"answered after {spread(took, 's')}; {slow} after more than 1 s, {len(lost)} without an answer",
        flaws_of((not slow, f"{slow} took more than a second"), (not lost, f"{len(lost)} had no answer")),
    )


SETTLES_IN = 3.0


def _at_once(acts: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def long_run(plan: Plan) -> Measured:
    """Commands and deliveries by the thousand: what the process holds grows no more once it is warm.

    It is warm when what has a bound has reached it: the threads and the connections to the database, which are made
    as many ask at once, and the five thousand envelopes that are known again. That is a number of commands: a busy
    machine takes longer for it.
    """
    with _live(plan, plan["people"]) as (work, life):
        for what in CHANGES * BURSTS:
            _at_once([lambda who=who, what=what: who.types(what) for who in work.people])  # type: ignore[misc]  # defaults are no arguments
        warmed = 2 * BURSTS * len(work.people)
        while warmed < plan["warm"]:
            warmed += len(_typed(work.people, 1000, plan["seconds"] // 4)[0])
        warm, before = life.resident_mb, life.threads_and_files
        took, lost = _typed(work.people, 1000, plan["seconds"])
        after = life.threads_and_files
        grown = life.resident_mb - warm
        wal = sum(path.stat().st_size for path in Path(work.folder).glob("*-wal")) / 1e6
        posts = len(work.slack.calls)
    return Measured(
        f"{len(took)} commands, {posts} calls to Slack in {plan['seconds']} s, after {warmed} commands to get warm",
        f"from {warm:.1f} MB it grows by {grown:.1f} MB; threads and files {before} and {after};"
        f" {wal:.0f} MB of write-ahead log; {lost} without an answer",
        flaws_of(
            (grown < 5, f"it grew by {grown:.1f} MB"),
            (wal < 50, f"{wal:.0f} MB of write-ahead log"),
            (after[0] <= before[0] + 2 and after[1] <= before[1] + 5, "threads or files grew"),
        ),
    )


def large_outbox(plan: Plan) -> Measured:
    """A start with a great many messages that were sent long ago, and what a look for new ones costs.

    What the start waits because others have the cores is no part of it; what the stand-in waits is.
    """
    with workload(plan.seed, speed=1.0, start=any_day.now()) as work:
        work.sets_up()
        work.enroll(1)
        with work.nursery(real=True, **AS_SHIPPED) as nursery:
            life = nursery.bears()
            work.waits_until_quiet()
            life.is_killed()
            life.ends()
            with work.database.write() as tx:
                tx.execute(text(_COPY), {"most": plan["rows"]})
            began = time.monotonic()
            life = nursery.bears()
            started, loading, queued = time.monotonic() - began, life.cpu_seconds, life.queued_seconds
            time.sleep(SETTLES_IN)
            used = life.cpu_seconds
            time.sleep(10 * SETTLES_IN / 3)
            idle = (life.cpu_seconds - used) / (10 * SETTLES_IN / 3)
            life.is_killed()
    return Measured(
        f"{plan['rows']:,} messages on record",
        f"connected after {started:.1f} s, of which the bot computed {loading:.1f} s and waited {queued:.1f} s for a"
        f" core that others had; a second of waiting costs {idle * 1000:.0f} ms of processor time",
        flaws_of(
            (
                started - queued < 3,
                f"the start took {started:.1f} s, {queued:.1f} s of it for want of a core",
            ),
            (idle < 0.020, f"{idle * 1000:.0f} ms a second"),
        ),
    )


_COPY = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most),
one AS (SELECT * FROM outbox WHERE state = 'sent' LIMIT 1)
INSERT INTO outbox (token, program_id, key, kind, subject, recipient, state, not_before, patient, created_at, attempts,
  fence, wanted, shown, channel, ts, sent_at, trouble, digest)
SELECT printf('%032d', n), program_id, 'old/' || n, kind, subject, recipient, state, not_before, patient, created_at,
  attempts, fence, wanted, shown, channel, n, sent_at, trouble, digest FROM one, numbers
"""
