"""Pairs in the middle of a cycle: who is to be looked at for a partner, and which pairs came of that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select

from mentoring.pairings import PairState
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once, upsert


def seek(tx: Tx, program_id: int, person_id: str) -> None:
    """Somebody has come, or has changed: a partner is to be looked for."""
    insert_once(tx, t.seekers, {"program_id": program_id, "person_id": person_id})  # no message shows it


def seekers(tx: Tx) -> dict[int, list[str]]:
    """Everybody who is to be looked at, by program."""
    row = t.seekers.c
    found: dict[int, list[str]] = {}
    for one in tx.execute(select(t.seekers).order_by(row.program_id, row.person_id)):
        found.setdefault(one.program_id, []).append(one.person_id)
    return found


def looked_at(tx: Tx, program_id: int, people: Iterable[str]) -> None:
    """A partner has been looked for, for these people."""
    row = t.seekers.c
    tx.execute(delete(t.seekers).where(row.program_id == program_id, row.person_id.in_(list(people))))


def note(tx: Tx, pair_id: int, person_id: str, at: datetime) -> None:
    """Keep that a pair was proposed in the middle of a cycle, because of that person."""
    upsert(tx, t.late_pairs, ("pair_id",), {"pair_id": pair_id, "person_id": person_id, "at": at})
    facts.changed(tx, facts.pair(pair_id))


def waiting(tx: Tx, cycle_id: int) -> int:
    """How many pairs of a cycle that were proposed in its middle wait for a decision."""
    pair = t.pairs.c
    query = select(func.count()).select_from(t.late_pairs.join(t.pairs, pair.id == t.late_pairs.c.pair_id))
    return int(
        tx.execute(query.where(pair.cycle_id == cycle_id, pair.state == PairState.PROPOSED)).scalar_one()
    )
