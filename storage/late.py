"""Pairs in the middle of a cycle: who is to be looked at for a partner, and which pairs came of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select

from mentoring.pairings import STANDING, PairState
from mentoring.people import Standing
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


def alone_with(tx: Tx, program_id: int, cycle_id: int, keys: Collection[str]) -> set[str]:
    """Who takes part, is in no pair of a cycle that stands, and has any of these skills in their profile, by its key.

    Whether they share it or want it is not looked at.
    """
    found: set[str] = set()
    listed = sorted(keys)
    for start in range(0, len(listed), _KEYS):
        given = {"program": program_id, "cycle": cycle_id, "keys": listed[start : start + _KEYS]}
        found.update(tx.execute(_ALONE_WITH, given).scalars())
    return found


def _paired(role: ColumnElement[str]) -> ColumnElement[bool]:
    # Of the state nothing is asked but what it is: an index of states would lead through all pairs of a program.
    pair = t.pairs.c
    standing = (pair.state + "").in_(STANDING)
    mine = select(pair.id).where(pair.program_id == t.uses.c.program_id, role == t.uses.c.person_id)
    return mine.where(pair.cycle_id == bindparam("cycle"), standing).correlate(t.uses).exists()


_KEYS = 500
"""So many keys are asked for at once."""

_ALONE_WITH = (
    select(t.uses.c.person_id)
    .distinct()
    .join(
        t.members,
        and_(t.members.c.program_id == t.uses.c.program_id, t.members.c.person_id == t.uses.c.person_id),
    )
    .where(
        t.uses.c.program_id == bindparam("program"),
        t.uses.c.key.in_(bindparam("keys", expanding=True)),
        t.members.c.standing == Standing.ACTIVE,
        ~_paired(t.pairs.c.mentor_id),
        ~_paired(t.pairs.c.mentee_id),
    )
)


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
