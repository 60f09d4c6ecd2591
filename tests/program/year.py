"""A year of a program at random, written into the tables, and what its rows say, counted without the product's help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from mentoring.cycles import CycleState
from mentoring.outcomes.counted import About
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.reflections import Reflection
from program import reporting
from storage import cycles
from storage import tables as t
from storage.checkin_tables import reflections
from tests.program.office import HOME, Office

CYCLES = 13
DEPARTMENTS = ("Sales", "IT", "Legal", "sales", "")
SKILLS = ("Podcasting", "AI tools", "Video editing", "Chess", "podcasting")


@dataclass(frozen=True, slots=True)
class Exact:
    """What is so: the parts of each whole, in the order of the report."""

    parts: dict[About, tuple[int, ...]]
    meetings: int
    people: tuple[int, ...]
    tenure: tuple[int, ...]
    wanted: Counter[str]
    offered: Counter[str]
    departments: Counter[str]


def _nothing() -> None:
    """Happen after a cycle where nothing else does."""


def lives(
    office: Office, random: Random, cycles: int = CYCLES, after_each: Callable[[], object] = _nothing
) -> list[Exact]:
    """Cycle after cycle with people who come and go; each ends, is reported on, and is counted here as well."""
    office.sets_up()
    found = []
    for number in range(1, cycles + 1):
        _people_come_and_go(office, random, number)
        cycle_id = _happens(office, random, number)
        found.append(count(office, cycle_id))
        reporting.make_missing(office.ctx)
        after_each()
    return found


def _people_come_and_go(office: Office, random: Random, number: int) -> None:
    office.clock.time = office.times(number).intro_at
    now, program = office.clock(), office.program
    here = {"workspace": office.workspace}
    with office.ctx.database.write() as tx:
        for place in range(random.choice((1, 2, 4, 30)) if number > 1 else 24):
            one = f"UP{number:02}X{place}"
            person = asdict(Person(one, f"Name of {one}", HOME))
            tx.execute(insert(t.people), person | here | {"seen_at": now})
            tx.execute(
                insert(t.members),
                _member(random, one, now) | here | {"program_id": program.id},
            )
        everybody = list(tx.execute(select(t.members.c.person_id)).scalars())
        for one in random.sample(everybody, random.choice((0, 1, 3))):
            tx.execute(update(t.members).where(t.members.c.person_id == one).values(standing="left"))


def _member(random: Random, person_id: str, now: Any) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "standing": "active",
        "joined_at": now - timedelta(days=random.choice((0, 100, 400))),
        "active_since": now,
        "role": random.choice(("share", "learn", "both")),
        "shares": random.sample(SKILLS, 2),
        "wants": random.sample(SKILLS, 2),
        "level": random.choice((None, 1, 2, 3, 5, 7)),
        "department": random.choice(DEPARTMENTS),
        "languages": ["English"],
        "starts": 540,
        "ends": 1020,
        "avoid": [],
        "mentor_capacity": 1,
        "mentee_capacity": 1,
    }


def _happens(office: Office, random: Random, number: int) -> int:
    """A cycle that is over: its pairs, and in which weeks they said that they met."""
    program = office.program
    with office.ctx.database.write() as tx:
        cycle = cycles.open_once(tx, program.id, office.times(number))
        there = list(
            tx.execute(select(t.members.c.person_id).where(t.members.c.standing == "active")).scalars()
        )
        random.shuffle(there)
        for mentor, mentee in zip(there[::2], there[1::2], strict=False):
            if random.random() < 0.8:
                _pair(tx, random, cycle, mentor, mentee)
        tx.execute(update(t.cycles).where(t.cycles.c.id == cycle.id).values(state=CycleState.CLOSED.value))
    return cycle.id


_SAID = (*[Reflection.LEARNED] * 4, *[Reflection.WENT_WELL] * 4, Reflection.SLOW, Reflection.NOT_FOR_ME)
_STATES = (*[PairState.FINISHED] * 8, PairState.ENDED, PairState.DECLINED, PairState.WITHDRAWN)


def _pair(tx: Any, random: Random, cycle: Any, mentor: str, mentee: str) -> None:
    state = random.choice(_STATES)
    met = state in (PairState.FINISHED, PairState.ENDED)
    row = {
        "program_id": cycle.program_id,
        "cycle_id": cycle.id,
        "mentor_id": mentor,
        "mentee_id": mentee,
        "state": state.value,
        "score": 1,
        "reasons": [],
        "topics": [],
        "note": "",
        "introduced_at": cycle.times.intro_at if met and random.random() < 0.95 else None,
    }
    pair_id = tx.execute(insert(t.pairs).values(row).returning(t.pairs.c.id)).scalar_one()
    for week in range(random.choice((0, 1, 4, 4))):
        for person_id in (mentor, mentee):
            answer = random.choice(("met", "met", "not-yet", None))
            said = {"state": "answered" if answer else "silent", "answer": answer}
            values = {"pair_id": pair_id, "person_id": person_id, "week": f"2026-W{week:02}", **said}
            checkin_id = tx.execute(insert(t.checkins).values(values).returning(t.checkins.c.id)).scalar_one()
            if answer == "met" and random.random() < 0.9:
                how = {
                    "choice": random.choice(_SAID).value,
                    "at": cycle.times.intro_at + timedelta(weeks=week),
                }
                tx.execute(insert(reflections).values(checkin_id=checkin_id, **how))


def count(office: Office, cycle_id: int) -> Exact:
    """What the rows of all tables say about a cycle, one by one in plain Python."""
    with office.ctx.database.read() as tx:
        rows = {
            name: [dict(row) for row in tx.execute(select(t.metadata.tables[name])).mappings()]
            for name in _TABLES
        }
    (cycle,) = (one for one in rows["cycles"] if one["id"] == cycle_id)
    members = {one["person_id"]: one for one in rows["members"]}
    pairs = [
        one
        for one in rows["pairs"]
        if one["cycle_id"] == cycle_id and one["state"] in ("ended", "finished") and one["introduced_at"]
    ]
    held = [
        len({c["week"] for c in rows["checkins"] if c["pair_id"] == one["id"] and c["answer"] == "met"})
        for one in pairs
    ]
    paired = {one[side] for one in pairs for side in ("mentor_id", "mentee_id")}
    active = {one for one, member in members.items() if member["standing"] == "active"}
    days = [(cycle["ends_at"] - members[one]["joined_at"]).days for one in paired]

    def both(what: str) -> list[tuple[Any, Any]]:
        return [(members[one["mentor_id"]][what], members[one["mentee_id"]][what]) for one in pairs]

    return Exact(
        parts={
            About.PAIRS: tuple(
                sum(one["state"] == state for one in pairs) for state in ("finished", "ended")
            ),
            About.MET: (held.count(0), sum(one in (1, 2) for one in held), sum(one > 2 for one in held)),
            About.LEVELS: _levels(both("level")),
            About.CONNECTED: _connected(both("department")),
            About.SATISFACTION: _satisfaction(rows, {one["id"] for one in pairs}),
        },
        meetings=sum(held),
        people=(len(active | paired), len(paired), len(active - paired)),
        tenure=(sum(d < 91 for d in days), sum(91 <= d < 365 for d in days), sum(d >= 365 for d in days)),
        wanted=_skills(members, active, "wants", ("learn", "both")),
        offered=_skills(members, active, "shares", ("share", "both")),
        departments=Counter(
            members[one]["department"].casefold() for one in paired if members[one]["department"]
        ),
    )


_TABLES = ("cycles", "members", "pairs", "checkins", "reflections")


def _satisfaction(rows: dict[str, list[dict[str, Any]]], pairs: set[int]) -> tuple[int, ...]:
    """Each person once, with what they said last."""
    asked = {one["id"]: one["person_id"] for one in rows["checkins"] if one["pair_id"] in pairs}
    said = sorted((one["at"], one["checkin_id"], one["choice"]) for one in rows["reflections"])
    last = {asked[number]: choice for _, number, choice in said if number in asked}
    return tuple(list(last.values()).count(choice.value) for choice in Reflection)


def _levels(pairs: list[tuple[int | None, int | None]]) -> tuple[int, ...]:
    gaps = [b - a for a, b in pairs if a is not None and b is not None and b > a]
    return (*(gaps.count(gap) for gap in (1, 2, 3)), sum(gap > 3 for gap in gaps), len(pairs) - len(gaps))


def _connected(pairs: list[tuple[str, str]]) -> tuple[int, ...]:
    known = [(a.casefold(), b.casefold()) for a, b in pairs if a and b]
    across = sum(a != b for a, b in known)
    return across, len(known) - across, len(pairs) - len(known)


def _skills(members: dict[str, Any], who: set[str], column: str, roles: tuple[str, ...]) -> Counter[str]:
    return Counter(
        word
        for one in who
        if members[one]["role"] in roles
        for word in {skill.casefold() for skill in members[one][column]}
    )
