"""The experiences that people open and ask for, cycle by cycle, and which of them a pair read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from mentoring.experiences import NOTHING_SAID, Said, Way
from storage import enroll_tables as t
from storage import tables as all_tables
from storage.database import Tx
from storage.outbox import facts

_E = t.experiences.c
_U = t.experience_uses.c
_OF_CYCLE = (
    select(t.experiences)
    .where(_E.program_id == bindparam("program"), _E.cycle == bindparam("the_cycle"))
    .order_by(_E.person_id, _E.place)
)
_OF_PERSON = _OF_CYCLE.where(_E.person_id == bindparam("person"))


def of_person(tx: Tx, program_id: int, person_id: str, cycle: int) -> Said:
    """What somebody opened and asked for in the cycle with that number."""
    found = _rows(tx, program_id, cycle, person_id)
    return _said(found) if found else NOTHING_SAID


def of_cycle(tx: Tx, program_id: int, cycle: int) -> Mapping[str, Said]:
    """The same for everybody who said anything, by person."""
    by_person: dict[str, list[Row[Any]]] = {}
    for row in _rows(tx, program_id, cycle):
        by_person.setdefault(row.person_id, []).append(row)
    return {person_id: _said(rows) for person_id, rows in by_person.items()}


def cycles_of(tx: Tx, program_id: int, person_id: str) -> Mapping[int, Said]:
    """Everything that somebody opened and asked for and has not taken back, by the number of the cycle."""
    query = select(t.experiences).where(_E.program_id == program_id, _E.person_id == person_id)
    found: dict[int, list[Row[Any]]] = {}
    for row in tx.execute(query.order_by(_E.cycle, _E.place)):
        found.setdefault(row.cycle, []).append(row)
    return {number: _said(rows) for number, rows in found.items()}


def _rows(tx: Tx, program_id: int, cycle: int, person_id: str = "") -> list[Row[Any]]:
    given = {"program": program_id, "the_cycle": cycle}
    return list(
        tx.execute(_OF_PERSON, {**given, "person": person_id}) if person_id else tx.execute(_OF_CYCLE, given)
    )


def _said(rows: Sequence[Row[Any]]) -> Said:
    return Said(
        opens=tuple(row.topic for row in rows if row.way == Way.OPENS),
        asks=tuple(row.topic for row in rows if row.way == Way.ASKS),
    )


def say(
    tx: Tx, program_id: int, person_id: str, cycle: int, way: Way, topics: Iterable[str], at: datetime
) -> None:
    """Keep what somebody opens or asks for in a cycle, in the place of what they said before of it."""
    mine = (_E.program_id == program_id, _E.person_id == person_id)
    tx.execute(delete(t.experiences).where(*mine, _E.cycle == cycle, _E.way == way.value))
    rows = [
        {"program_id": program_id, "person_id": person_id, "cycle": cycle, "way": way.value}
        | {"topic": topic, "place": place, "said_at": at}
        for place, topic in enumerate(dict.fromkeys(topics))
    ]
    if rows:
        tx.execute(insert(t.experiences), rows)
    facts.changed(tx, facts.experiences(program_id, person_id))


def take_back(tx: Tx, program_id: int, person_id: str) -> None:
    """Forget all that somebody opened and asked for, and what pairs of theirs read of it."""
    tx.execute(delete(t.experiences).where(_E.program_id == program_id, _E.person_id == person_id))
    pair = all_tables.pairs.c
    theirs = select(pair.id).where(
        pair.program_id == program_id, (pair.mentor_id == person_id) | (pair.mentee_id == person_id)
    )
    used = list(tx.execute(select(_U.pair_id).where(_U.pair_id.in_(theirs)).distinct()).scalars())
    tx.execute(delete(t.experience_uses).where(_U.pair_id.in_(used)))
    facts.changed(tx, facts.experiences(program_id, person_id), *map(facts.pair, used))


def use(tx: Tx, pair_id: int, topics: Iterable[str]) -> None:
    """Keep what a pair reads in its introduction."""
    rows = [
        {"pair_id": pair_id, "topic": topic, "place": place}
        for place, topic in enumerate(dict.fromkeys(topics))
    ]
    if rows:
        tx.execute(insert(t.experience_uses), rows)
        facts.changed(tx, facts.pair(pair_id))


def used_by(tx: Tx, pair_id: int) -> tuple[str, ...]:
    """What a pair read, and nobody took back."""
    query = select(_U.topic).where(_U.pair_id == pair_id).order_by(_U.place)
    return tuple(tx.execute(query).scalars())


def spent(tx: Tx, cycle_id: int) -> frozenset[str]:
    """The mentors of a cycle whose experiences one partner has read."""
    pair = all_tables.pairs.c
    query = select(pair.mentor_id).join(t.experience_uses, _U.pair_id == pair.id)
    return frozenset(tx.execute(query.where(pair.cycle_id == cycle_id)).scalars())
