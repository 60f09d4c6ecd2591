"""Backlogs: thousands of introductions wait behind a rate limit, and somebody joins or calls for help meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from mentoring.messages import Kind, to_person
from program import introductions
from sandbox import Person
from storage.database import Tx
from storage.outbox import outbox
from tests import any_day
from tests.patience import PATIENCE
from tests.soak import history, nemesis
from tests.soak.bots import AS_SHIPPED
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import Workload, workload

ASKED_SECONDS = 3.0
ASKED_ROUND = 0.020
COPIES = 5
"""Pairs per person, as many as the product allows."""

ROOM = {"mentor_capacity": COPIES, "mentee_capacity": COPIES}


def somebody_waits(plan: Plan) -> Measured:
    """In real time, with Slack's limits: how long until a welcome and a call for help show, and what waiting costs."""
    found: list[str] = []
    flaws: list[str] = []
    for name, (queue, method) in BACKLOGS.items():
        waiting, welcome, helped, a_second = _waits(plan, queue, method)
        found.append(
            f"behind {waiting} {name} the last of {NEWCOMERS} welcomes shows after {welcome:.1f} s, a call for help"
            f" after {helped:.1f} s; a second of waiting costs {a_second * 1000:.0f} ms of processor time"
        )
        flaws += flaws_of(
            (waiting >= plan["waiting"] * 0.9, f"only {waiting} {name} waited"),
            (welcome <= ASKED_SECONDS, f"the welcome took {welcome:.1f} s behind {name}"),
            (helped <= ASKED_SECONDS, f"the call for help took {helped:.1f} s behind {name}"),
            (a_second <= ASKED_ROUND, f"waiting costs {a_second * 1000:.0f} ms a second behind {name}"),
        )
    return Measured(f"{plan['waiting']} of each kind waiting", "; ".join(found), tuple(flaws))


def _waits(plan: Plan, queue: Callable[[Workload, int], int], method: str) -> tuple[int, float, float, float]:
    """How many waited, the seconds until a welcome and a call for help, and the cost of a second of waiting."""
    with workload(plan.seed, speed=1.0, rates="real", start=any_day.now()) as work:
        work.sets_up()
        work.enroll(1)
        with work.nursery(real=True, **AS_SHIPPED) as nursery:
            life = nursery.bears()
            for stage in (work.match, work.approve, work.introduce):
                work.waits_until_quiet()
                stage()
            work.waits_until_quiet()
            life.is_killed()
            life.ends()
            waiting = queue(work, plan["waiting"])
            life = nursery.bears()
            time.sleep(SETTLES_IN)
            welcome = max(_until(*_joins(work), work) for _ in range(NEWCOMERS))
            helped = _until(*_calls_for_help(work, work.people[0].id), work)
            work.slack.faults.ratelimit(method, times=1000, retry_after=60)
            time.sleep(SETTLES_IN)
            used = life.cpu_seconds
            time.sleep(plan["seconds"])
            a_second = (life.cpu_seconds - used) / plan["seconds"]
            life.is_killed()
        return waiting, welcome, helped, a_second


SETTLES_IN = 5.0
GIVES_UP = 90.0
NEWCOMERS = 5


def _until(act: Callable[[], object], look: Callable[[], object], work: Workload) -> float:
    """Do something, and measure how long it takes from there to show; `GIVES_UP` seconds at most."""
    began = time.monotonic()
    act()
    work.slack.wait_for(look, GIVES_UP)
    return time.monotonic() - began


def _joins(work: Workload) -> tuple[Callable[[], object], Callable[[], object]]:
    """Somebody new has filled in the form: what sends it, and what sees the welcome."""
    person = work.slack.add_person("Nia New", tz="UTC", announce=False)
    person.types("/reverse-mentor")
    person.fills("What would you like to do?", "Share what I know, as a mentor", wait=PATIENCE)
    person.fills("My level", "Associate")
    person.fills("Skills I can share", ["Podcasting"])
    return person.submits, lambda: person.sees("You are in *Reverse mentoring*")


def _calls_for_help(work: Workload, who: str) -> tuple[Callable[[], object], Callable[[], object]]:
    person = work.slack.person(who)
    return (
        lambda: person.types("/reverse-mentor checkin help"),
        lambda: work.lead.sees("asked for help with their pair"),
    )


def _members(work: Workload, people: int) -> tuple[list[Person], list[Person]]:
    """So many mentors and as many mentees are there all at once, like the two of the first pair; a change is open."""
    for side in ("Mia", "Max"):
        for place in range(people):
            work.people.append(work.slack.add_person(f"{side} B{place}", tz="UTC", announce=False))
    mentors, mentees = work.people[2 : 2 + people], work.people[2 + people :]
    with work.database.write() as tx:
        for place, person in enumerate((*mentors, *mentees)):
            _copies(tx, "people", {"id": work.people[0].id}, {"id": person.id, "name": f"Person {place}"})
            pattern = work.people[0].id if place < people else work.people[1].id
            _copies(tx, "members", {"person_id": pattern}, {"person_id": person.id, **ROOM})
    return mentors, mentees


def _notes(work: Workload, number: int) -> int:
    """Let so many people wait for the note that they have no partner; gives how many do."""
    _members(work, -(-number // 2))
    with work.ctx.act() as act:
        (cycle,) = act.tx.execute(text("SELECT id FROM cycles")).scalars()
        program = act.tx.execute(text("SELECT program_id FROM cycles")).scalar_one()
        for person in work.people[2:]:
            outbox.put(act.tx, program, to_person(Kind.NO_PARTNER, cycle, person.id), act.now)
    return _ready(work, Kind.NO_PARTNER)


def _ready(work: Workload, kind: Kind) -> int:
    return sum(one.kind == kind and one.state == "ready" for one in history.intents(work.database))


def _queue(work: Workload, number: int) -> int:
    """Let so many introductions of people who are there already wait for their turn; gives how many do."""
    people = -(-number // COPIES)
    mentors, mentees = _members(work, people)
    with work.database.write() as tx:
        found = 0
        for shift in range(COPIES):
            for place in range(people):
                if found < number:
                    both = {
                        "mentor_id": mentors[place].id,
                        "mentee_id": mentees[(place + shift) % people].id,
                    }
                    new = {"state": "approved", "introduced_at": None, "channel": None, "nudged_at": None}
                    _copies(tx, "pairs", {"mentor_id": work.people[0].id}, {**both, **new}, numbered=True)
                    found += 1
        # Nothing but their approval by hand is missing, and the cycle has not begun for them.
        tx.execute(text("UPDATE cycles SET state = 'proposed' WHERE state = 'running'"))
    introductions.introduce_now(work.ctx, work.slack.team_id, work.lead.id)
    return _ready(work, Kind.INTRO)


BACKLOGS: dict[str, tuple[Callable[[Workload, int], int], str]] = {
    "introductions": (_queue, nemesis.OPEN),
    "notes": (_notes, nemesis.POST),
}
"""What waits, and the call whose limit it waits for."""


def _copies(
    tx: Tx, table: str, like: dict[str, str], changes: dict[str, Any], numbered: bool = False
) -> None:
    """Store another row like one that is there, with some values of its own; numbers come by themselves."""
    (name, value), *_ = like.items()
    find = text(f"SELECT * FROM {table} WHERE {name} = :value")  # noqa: S608 - names of our own tables
    row = tx.execute(find, {"value": value}).mappings().first()
    assert row is not None
    new = dict(row) | changes
    if numbered:
        del new["id"]
    columns = ", ".join(new)
    values = ", ".join(f":{column}" for column in new)
    tx.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), new)  # noqa: S608 - names of our own tables


def share_of_what_is_allowed(plan: Plan) -> Measured:
    """In real time: how much of the posts and openings that Slack permits in a minute is used, and what it refuses."""
    found: list[str] = []
    flaws: list[str] = []
    for name, prepare, method, allowed in (
        ("posts", _many_welcomes, nemesis.POST, 300),
        ("openings", _many_introductions, nemesis.OPEN, 50),
    ):
        with workload(plan.seed, speed=1.0, rates="real", start=any_day.now()) as work:
            work.sets_up()
            with work.nursery(real=True, **AS_SHIPPED) as nursery:
                prepare(work, allowed * (plan["minutes"] + 1), nursery.bears)
                calls = len(work.slack.calls)
                life = nursery.bears()
                share, refused = _used(work, method, calls, allowed, plan["minutes"])
                life.is_killed()
        found.append(f"{share:.0%} of {allowed} {name} a minute, {refused} answers 429")
        flaws += flaws_of(
            (share >= ASKED_SHARE, f"{share:.0%} of the {name} are used"),
            (not refused, f"{refused} answers 429 to {name}"),
        )
    return Measured(f"{plan['minutes']} minutes each, 1 process", "; ".join(found), tuple(flaws))


ASKED_SHARE = 0.97


def _used(work: Workload, method: str, since: int, allowed: int, minutes: int) -> tuple[float, int]:
    """The share of what is allowed in so many minutes from the first call, and how many calls were refused."""
    work.slack.wait_for(lambda: work.slack.calls.to(method)[0:1] or None, PATIENCE)
    time.sleep(60 * minutes)
    calls = [call for call in work.slack.calls[since:] if call.method == method]
    first = min(call.at for call in calls)
    counted = [call for call in calls if call.at - first < timedelta(minutes=minutes)]
    refused = sum(call.error == "ratelimited" for call in counted)
    return (len(counted) - refused) / (allowed * minutes), refused


def _many_welcomes(work: Workload, number: int, _bears: Callable[[], object]) -> None:
    """As many people as posts are wanted join while the bot is down."""
    work.enroll(-(-number // 2))


def _many_introductions(work: Workload, number: int, bears: Callable[[], Any]) -> None:
    """As many pairs as openings are wanted wait for their introduction."""
    work.enroll(1)
    life = bears()
    for stage in (work.match, work.approve, work.introduce):
        work.waits_until_quiet()
        stage()
    work.waits_until_quiet()
    life.is_killed()
    life.ends()
    _queue(work, number)
