"""What leads fix and forbid, as values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select

from mentoring.wishes import Wanted, Wish
from storage import tables as t
from storage.database import Tx

_W = t.wishes.c


def put(
    tx: Tx,
    program_id: int,
    cycle_id: int | None,
    people: tuple[str, str],
    kind: Wanted,
    by: str,
    at: datetime,
) -> None:
    """Keep what is asked for two people, in place of what was asked for them before."""
    remove(tx, program_id, people)
    place = {"program_id": program_id, "cycle_id": cycle_id, "mentor_id": people[0], "mentee_id": people[1]}
    tx.execute(insert(t.wishes).values(place | {"kind": kind.value, "made_by": by, "made_at": at}))


def remove(tx: Tx, program_id: int, people: tuple[str, str]) -> bool:
    """Forget what was asked for two people, whoever was named first; tells whether there was anything."""
    one, other = people
    either = or_(
        and_(_W.mentor_id == one, _W.mentee_id == other), and_(_W.mentor_id == other, _W.mentee_id == one)
    )
    return tx.execute(delete(t.wishes).where(_W.program_id == program_id, either)).rowcount > 0


def standing(tx: Tx, program_id: int, cycle_id: int) -> list[Wish]:
    """What is asked for in a cycle, the oldest first."""
    holds = or_(_W.cycle_id.is_(None), _W.cycle_id == cycle_id)
    query = select(t.wishes).where(_W.program_id == program_id, holds).order_by(_W.id)
    return [_wish(row) for row in tx.execute(query)]


def _wish(row: Any) -> Wish:
    return Wish(
        id=row.id,
        program_id=row.program_id,
        cycle_id=row.cycle_id,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        kind=Wanted(row.kind),
        made_by=row.made_by,
        made_at=row.made_at,
    )
