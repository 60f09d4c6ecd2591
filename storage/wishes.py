"""What leads fix and forbid, as values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select

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
    return tx.execute(delete(t.wishes).where(_W.program_id == program_id, _either(people))).rowcount > 0


def of_two(tx: Tx, program_id: int, people: tuple[str, str]) -> Wish | None:
    """What is asked for two people, whoever was named first, or None."""
    query = select(t.wishes).where(_W.program_id == program_id, _either(people))
    row = tx.execute(query.order_by(_W.id.desc()).limit(1)).one_or_none()
    return _wish(row) if row else None


def _either(people: tuple[str, str]) -> ColumnElement[bool]:
    one, other = people
    return or_(
        and_(_W.mentor_id == one, _W.mentee_id == other), and_(_W.mentor_id == other, _W.mentee_id == one)
    )


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
