"""Faults without deaths: thousands of answers that nobody wants, histories that lag, full disks, deaths at commits."""

from __future__ import annotations

import json
import resource
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bot.process import environment, run
from tests.patience import soon
from tests.soak import checker, history, nemesis
from tests.soak.bots import Life, Nursery
from tests.soak.kills import CALM, HASTY, concluded, stages_of
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import Workload, workload

DOCUMENTED = Path(__file__).parents[1] / "bot" / "data" / "slack_methods.json"


def documented_errors() -> list[str]:
    """The errors that Slack documents for posting and updating, and one that it does not."""
    facts: dict[str, Any] = json.loads(DOCUMENTED.read_text())["methods"]
    return sorted({*facts[nemesis.POST]["errors"], *facts[nemesis.UPDATE]["errors"], "an_error_of_next_year"})


def any_answer(plan: Plan) -> Measured:
    """So many calls answered with every documented error, unknown ones, pages, silence: nothing ends in an error."""
    total, calls, ends, flaws = 0, 0, Counter[str](), list[str]()
    seeds = iter(plan.seeds(1000))
    with ThreadPoolExecutor(plan.jobs) as pool:
        while total < plan["count"]:
            lives = pool.map(lambda seed: _amid_any_answer(seed, plan["couples"]), islice(seeds, plan.jobs))
            for faults, called, states, wrong in lives:
                total, calls = total + faults, calls + called
                ends += states
                flaws += wrong
            plan.tell(f"{total} faults, {len(flaws)} flaws {flaws[:1]}")
    said = ", ".join(f"{number} {state}" for state, number in sorted(ends.items()))
    return Measured(f"{total} faults in {calls} calls", f"at the end the messages are: {said}", tuple(flaws))


def _amid_any_answer(seed: int, couples: int) -> tuple[int, int, Counter[str], list[str]]:
    """One program's life: the faults and the calls in it, how its messages ended, and what is wrong."""
    with workload(seed, share=STORM, ack_seconds=HASTY) as work, work.nursery() as nursery:
        work.nemesis.errors = documented_errors()
        life = nursery.bears()
        for stage in stages_of(work, couples):
            work.behind(life, stage)
            _goes_on(work)
        faults = sum(work.nemesis.injected.values())
        nemesis.at_peace(work.nemesis)
        work.slack.faults.clear()
        for _ in range(HALF_DAYS):
            work.clock.leaps(hours=12)
            _goes_on(work, LOOKS)
        died = life.is_over
        life.is_killed()
        rows = history.intents(work.database)
        flaws = [
            f"message {one.id} ended as failed without a reason"
            for one in rows
            if one.state == "failed" and not one.trouble
        ]
        flaws += [str(flaw) for flaw in checker.check(work.history()) if flaw.what in ALWAYS]
        flaws += flaws_of((not died, "the process ended"))
        calls = sum(call.method in nemesis.COURIER for call in work.slack.calls)
        return faults, calls, Counter(one.state for one in rows), flaws + concluded_log(nursery)


STORM = 0.8
"""The share of calls that goes wrong there."""

HALF_DAYS = 6
"""After that what waits for a setting, for working hours, or for a day to look at, has been tried again."""

A_BREATH, LOOKS = 0.15, 0.6
"""Real seconds without a call after which there is none to make; the second is longer than a tick."""

ALWAYS = ("lost", "doubled", "stuck", "unauthorized")


def concluded_log(nursery: Nursery) -> list[str]:
    """What the log of a run says that it never should."""
    lines = nursery.said.splitlines()
    return [line[:200] for line in lines if any(words in line for words in NEVER_SAID)]


NEVER_SAID = ("could not be handled yet", "Traceback")


def _goes_on(work: Workload, breath: float = A_BREATH) -> None:
    """Let time pass quickly until the messages of a stage have come to an end, or for a few hours.

    Nearly all of what a message waits for after a fault is time (a pause that Slack asked for, a history that settles,
    the next of a few attempts a day), so time leaps as soon as the bot has nothing left to call.
    """
    for _ in range(LEAPS):
        _until_idle(work, breath)
        if not history.open_rows(work.database):
            return
        work.clock.leaps(minutes=10)


LEAPS = 24
"""With more, nearly all calls would be the hourly looks at everybody."""


def _until_idle(work: Workload, breath: float) -> None:
    """Wait until the bot has called nobody for so many real seconds, or for a while."""
    made, since = len(work.slack.calls), time.monotonic()
    ends = since + CALM
    while time.monotonic() < min(since + breath, ends):
        time.sleep(breath / 5)
        if (now := len(work.slack.calls)) != made:
            made, since = now, time.monotonic()


def lagging_history(plan: Plan) -> Measured:
    """The history of direct messages lags while answers get lost, and the bot looks there."""
    found, flaws = [], []
    for most in (8, 20):
        with workload(plan.seed, share=0.5, ack_seconds=HASTY) as work, work.nursery() as nursery:
            work.nemesis.only("reset with effect")
            work.nemesis.methods = (nemesis.POST,)
            work.sets_up()
            work.enroll(plan["couples"])
            nemesis.lags(work.slack, most, plan.seed)
            life = nursery.bears()
            work.waits_until_quiet(CALM)
            time.sleep(HEALS)
            life.is_killed()
            outcome = concluded(work, nursery)
            twice = [flaw for flaw in outcome.flaws if flaw.startswith("doubled")]
            found.append(f"up to {most} s: {len(twice)} of {outcome.messages} stand twice")
            flaws += outcome.flaws
    return Measured(
        f"{2 * plan['couples']} messages each, half of the answers lost", "; ".join(found), tuple(flaws)
    )


HEALS = 12.0
"""Real seconds for whatever looks again after a while: two minutes of business time."""


def old_backup(plan: Plan) -> Measured:
    """The database goes back to a backup of ten minutes ago, in the middle of the delivery, and the bot is told."""
    with workload(plan.seed, ack_seconds=HASTY) as work, work.nursery() as nursery:
        work.sets_up()
        work.enroll(plan["couples"] // 2)
        life = nursery.bears()
        work.waits_until_quiet()
        life.is_killed()
        life.ends()
        work.enroll(plan["couples"] // 2)
        known = {one.token for one in history.effects(work.slack)}
        copy = work.folder / "backup.db"
        with (
            closing(sqlite3.connect(work.folder / "soak.db")) as now,
            closing(sqlite3.connect(copy)) as backup,
        ):
            now.backup(backup)
        work.nemesis.waits_for(plan["couples"] // 2, lambda: life.is_killed(), before=False)
        life = nursery.bears()
        soon(lambda: life.is_over)
        said = len(history.effects(work.slack)) - len(known)
        work.clock.leaps(minutes=10)
        work.database.close()
        with (
            closing(sqlite3.connect(copy)) as backup,
            closing(sqlite3.connect(work.folder / "soak.db")) as now,
        ):
            backup.backup(now)
        told = run(work.folder, "restored", environment(work.slack, DATABASE_URL=work.url))
        life = nursery.bears()
        work.waits_until_quiet(CALM)
        life.is_killed()
        flaws = [str(flaw) for flaw in checker.check(work.history())]
        twice = sum(flaw.startswith("doubled") for flaw in flaws)
        return Measured(
            f"{2 * plan['couples']} messages, {said} of them said after the backup",
            f"{twice} said twice, {len(flaws) - twice} other flaws",
            flaws_of((told.returncode == 0, f"`restored` ended with {told.returncode}: {told.stderr}"))
            + tuple(flaws),
        )


def full_disk(plan: Plan) -> Measured:
    """The disk is full at many moments, and then has room again."""
    full = 0
    with workload(plan.seed, ack_seconds=HASTY) as work, work.nursery(LOG_LEVEL="CRITICAL") as nursery:
        stages = stages_of(work, plan["couples"])
        life: Life | None = None
        for number, stage in enumerate(stages):
            if life:
                work.behind(life, stage)
            else:
                stage()
                life = nursery.bears()
            for _ in range(plan["times"] // len(stages) + (number < plan["times"] % len(stages))):
                with _no_room(life, work.rng.choice((0, 1, 64)) * 4096):
                    time.sleep(work.rng.uniform(0.05, 0.3))
                full += 1
                time.sleep(0.1)
            work.clock.leaps(minutes=2)
            work.waits_until_quiet(CALM)
            if work.settles():
                work.waits_until_quiet(CALM)
        assert life is not None
        died = life.is_over
        life.is_killed()
        outcome = concluded(work, nursery)
        flaws = [flaw for flaw in outcome.flaws if not flaw.startswith("traceback")]
        return Measured(
            f"full {full} times, {outcome.messages} messages",
            f"{len(flaws)} flaws, the process {'died' if died else 'went on'}",
            flaws_of((not died, "the process ended")) + tuple(flaws),
        )


@contextmanager
def _no_room(life: Life, size: int) -> Iterator[None]:
    """Let no file of a process grow beyond so many bytes for a while, which SQLite takes for a full disk."""
    usual = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.prlimit(life.pid, resource.RLIMIT_FSIZE, usual)


def suspended(plan: Plan) -> Measured:
    """The process is suspended for three hours while it delivers, and then goes on."""
    with workload(plan.seed, ack_seconds=HASTY) as work, work.nursery() as nursery:
        waits = []
        stages = stages_of(work, plan["couples"])
        life: Life | None = None
        for stage in stages:
            if life:
                _sleeps(life, work, stage)
                began = time.monotonic()
                work.waits_until_quiet(CALM)
                waits.append((time.monotonic() - began) * work.clock.speed)
            else:
                stage()
                life = nursery.bears()
                work.waits_until_quiet()
            if work.settles():
                work.waits_until_quiet(CALM)
        assert life is not None
        life.is_killed()
        outcome = concluded(work, nursery)
        return Measured(
            f"{len(waits)} times three hours, {outcome.messages} messages",
            f"all is caught up {max(waits):.0f} s of its time after it woke at the latest; {len(outcome.flaws)} flaws",
            tuple(outcome.flaws),
        )


def _sleeps(life: Life, work: Workload, stage: Callable[[], None]) -> None:
    """Suspend a process, at a call if it makes one, for three hours in which something is asked for."""
    work.nemesis.waits_for(3, lambda: life.gets(signal.SIGSTOP), before=False)
    work.behind(life, stage)
    time.sleep(1.0)
    life.is_suspended()
    work.nemesis.forgets()
    work.clock.leaps(hours=3)
    life.goes_on()


def clock_steps(plan: Plan) -> Measured:
    """The wall clock alone is set back and forward while the bot lives; at the end it is right again."""
    steps = (-3600.0, 7200.0, -60.0, 86400.0, 100 * 86400.0)
    with workload(plan.seed, ack_seconds=HASTY) as work, work.nursery() as nursery:
        stages = stages_of(work, plan["couples"])
        life: Life | None = None
        done = 0
        for stage in stages[:-2]:
            if life:
                work.behind(life, stage)
            else:
                stage()
                life = nursery.bears()
            for step in steps:
                work.clock.is_set(seconds=step)
                time.sleep(plan["seconds"] / work.clock.speed)
                work.clock.is_set(seconds=-step)
                time.sleep(0.2)
                done += 1
            work.waits_until_quiet(CALM / 4)
            if work.settles():
                work.waits_until_quiet(CALM / 4)
        closed = work._ids("SELECT id FROM cycles WHERE state = 'closed'")
        ended = [one for one in history.intents(work.database) if one.kind == "thanks"]
        paused = work._ids("SELECT 1 FROM members WHERE standing <> 'active'")
        assert life is not None
        life.is_killed()
        outcome = concluded(work, nursery)
        return Measured(
            f"{done} steps of -1 h, +2 h, -60 s, +1 d and +100 d for {plan['seconds']} s, {outcome.messages} messages",
            f"{len(closed)} cycles closed, {len(ended)} thanked, {len(paused)} paused by a wrong clock;"
            f" {len(outcome.flaws)} flaws in delivery",
            flaws_of(
                (not closed, "a cycle was closed by a wrong clock"),
                (not paused, f"{len(paused)} people were paused by a wrong clock"),
                (not ended, f"{len(ended)} people were thanked for a cycle that is not over"),
            )
            + tuple(outcome.flaws),
        )
