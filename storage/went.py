"""What stays of rows that have gone: how many there were of what is counted, and what check-ins came to."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import func, select, update

from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_once, upsert


class Gone(StrEnum):
    """What is counted when it goes."""

    REASKS = "reasks"
    """Second questions that were sent."""

    APPROVALS = "approvals"
    """Entries of the audit log that a lead approved a pair."""

    ENTRIES = "entries"
    """All entries of the audit log, the approvals among them."""


def add(tx: Tx, program_id: int, what: Gone, number: int) -> None:
    """Count so many more."""
    if not number:
        return
    row = t.went.c
    if not insert_once(tx, t.went, {"program_id": program_id, "what": what.value, "number": number}):
        one = update(t.went).where(row.program_id == program_id, row.what == what.value)
        tx.execute(one.values(number=row.number + number))


def number(tx: Tx, program_id: int, what: Gone) -> int:
    """How many have gone."""
    row = t.went.c
    found = select(row.number).where(row.program_id == program_id, row.what == what.value)
    return int(tx.execute(found).scalar_one_or_none() or 0)


def keep(tx: Tx, pair_id: int, asked: int, answered: int, met: Sequence[str]) -> None:
    """Keep what check-ins of a pair came to that go now, with what others of it came to before; `met` has all weeks."""
    row = t.past_checkins.c
    before = tx.execute(select(row.asked, row.answered).where(row.pair_id == pair_id)).one_or_none() or (0, 0)
    counted = {"asked": before[0] + asked, "answered": before[1] + answered}
    upsert(tx, t.past_checkins, ("pair_id",), {"pair_id": pair_id, **counted, "met": list(met)})


def checkins(tx: Tx, program_id: int) -> tuple[int, int]:
    """How many questions reached their person and have gone, and how many of those were answered."""
    row = t.past_checkins.c
    query = select(func.coalesce(func.sum(row.asked), 0), func.coalesce(func.sum(row.answered), 0))
    joined = query.join(t.pairs, t.pairs.c.id == row.pair_id).where(t.pairs.c.program_id == program_id)
    asked, answered = tx.execute(joined).one()
    return int(asked), int(answered)
