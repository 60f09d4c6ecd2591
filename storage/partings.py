"""Who is left alone in a pair and what they chose, who ended one and why, and pairs to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from mentoring.pairings import PairState
from mentoring.partings import Choice, LeftAlone, Parting
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.parting_tables import changed_pairs, left_alone, partings
from storage.upsert import insert_new, upsert

_ALONE = select(left_alone).where(
    left_alone.c.pair_id == bindparam("pair"), left_alone.c.person_id == bindparam("person")
)
_RUNNING = select(t.pairs.c.id).where(
    t.pairs.c.program_id == bindparam("program"),
    t.pairs.c.state == PairState.INTRODUCED,
    or_(
        *(who.in_(bindparam("people", expanding=True)) for who in (t.pairs.c.mentor_id, t.pairs.c.mentee_id))
    ),
)


def alone(tx: Tx, pair_id: int, person_id: str) -> LeftAlone | None:
    """What somebody was asked about a pair in which they are left alone, or None."""
    row = tx.execute(_ALONE, {"pair": pair_id, "person": person_id}).one_or_none()
    return _alone_of(row) if row else None


def all_alone(tx: Tx, program_id: int, person_id: str) -> list[LeftAlone]:
    """The same for all of somebody's pairs in a program, by number."""
    query = select(left_alone).join(t.pairs, t.pairs.c.id == left_alone.c.pair_id)
    mine = query.where(t.pairs.c.program_id == program_id, left_alone.c.person_id == person_id)
    return [_alone_of(row) for row in tx.execute(mine.order_by(left_alone.c.pair_id))]


def ask(tx: Tx, pair_id: int, person_id: str, note: str, at: datetime, choice: Choice | None = None) -> None:
    """Keep that somebody is asked now, in the place of what they were asked before."""
    values = {"pair_id": pair_id, "person_id": person_id, "note": note, "asked_at": at}
    values |= {"choice": choice, "chosen_at": at if choice else None}
    upsert(tx, left_alone, ("pair_id", "person_id"), values)
    facts.changed(tx, facts.parting(pair_id))


def choose(tx: Tx, one: LeftAlone, choice: Choice, at: datetime) -> None:
    """Keep what somebody chose; the last choice counts."""
    row = left_alone.c
    its = update(left_alone).where(row.pair_id == one.pair_id, row.person_id == one.person_id)
    tx.execute(its.values(choice=choice, chosen_at=at))
    facts.changed(tx, facts.parting(one.pair_id))


def forget(tx: Tx, pair_id: int, *people: str) -> None:
    """Nobody of these is left alone in that pair any more."""
    row = left_alone.c
    tx.execute(delete(left_alone).where(row.pair_id == pair_id, row.person_id.in_(people)))
    facts.changed(tx, facts.parting(pair_id))


def _alone_of(row: Any) -> LeftAlone:
    return LeftAlone(
        pair_id=row.pair_id,
        person_id=row.person_id,
        note=row.note,
        asked_at=row.asked_at,
        choice=Choice(row.choice) if row.choice else None,
        chosen_at=row.chosen_at,
    )


def part(tx: Tx, one: Parting) -> None:
    """Keep who ended a pair, and what they said of it; the last words count."""
    values = {name: getattr(one, name) for name in Parting.__slots__}
    upsert(tx, partings, ("pair_id",), values)
    facts.changed(tx, facts.parting(one.pair_id))


def parting(tx: Tx, pair_id: int) -> Parting | None:
    """Who ended a pair, and what they said of it; None for one that nobody of the two ended."""
    row = tx.execute(select(partings).where(partings.c.pair_id == pair_id)).one_or_none()
    if row is None:
        return None
    return Parting(row.pair_id, row.person_id, row.at, row.reason, row.leads_may_read)


def look_again(tx: Tx, program_id: int, people: Iterable[str]) -> None:
    """Something changed about these people: the pairs that they are in are to be looked at again."""
    running = tx.execute(_RUNNING, {"program": program_id, "people": list(people)})
    found = [{"pair_id": pair_id} for pair_id in running.scalars()]
    if found:
        insert_new(tx, changed_pairs, found)  # no message shows it


def to_look_at(tx: Tx, limit: int) -> list[int]:
    """The numbers of pairs that are to be looked at again."""
    query = select(changed_pairs.c.pair_id).order_by(changed_pairs.c.pair_id).limit(limit)
    return list(tx.execute(query).scalars())


def looked_at(tx: Tx, pair_id: int) -> None:
    """That pair has been looked at."""
    tx.execute(delete(changed_pairs).where(changed_pairs.c.pair_id == pair_id))
