"""Taking finished messages out of the outbox once the operator's time for them is over."""

from __future__ import annotations

from sqlalchemy import Select, delete, or_, select

from mentoring.messages import Kind
from storage import tables as t
from storage.database import Tx
from storage.states import RowState

AT_ONCE = 500
"""So many in one transaction: a fraction of a second in which nobody else can save anything."""

OF_A_WEEK = (Kind.CHECKIN, Kind.SILENCE, Kind.DIGEST)
"""Kinds whose subject begins with a week, and of which nothing is counted: what they were about is kept elsewhere.

A second question about a week is counted in the outbox, so it stays.
"""

_OVER = (RowState.SENT, RowState.MOOT, RowState.FAILED)


def take_out(tx: Tx, program_id: int, before_week: str, most: int = AT_ONCE) -> int:
    """Take out the messages `OF_A_WEEK` of weeks before this one (like `2026-W10`), with what belongs to them alone.

    What is still to change on a screen stays, and so does what leads were asked about. Gives how many went.
    """
    found = list(tx.execute(_over(program_id, before_week).limit(most)).scalars())
    if found:
        tx.execute(delete(t.outbox).where(t.outbox.c.id.in_(found)))
    return len(found)


def is_anything(tx: Tx, program_id: int, before_week: str) -> bool:
    """Whether there is a message that `take_out` would take."""
    return tx.execute(_over(program_id, before_week).limit(1)).first() is not None


def _over(program_id: int, before_week: str) -> Select[int]:
    row, doubt = t.outbox.c, t.doubts.c
    asked_about = select(doubt.id).where(or_(doubt.row_id == row.id, doubt.question_id == row.id)).exists()
    return (
        select(row.id)
        .where(
            row.program_id == program_id,
            row.kind.in_([kind.value for kind in OF_A_WEEK]),
            row.subject < before_week,
        )
        .where(row.state.in_([state.value for state in _OVER]), ~asked_about)
    )
