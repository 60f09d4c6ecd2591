"""The next moment at which something is to happen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from mentoring.checkins import CheckInState
from mentoring.cycles import CycleState
from storage import tables as t
from storage.database import Tx
from storage.outbox import letters


def moments(tx: Tx, now: datetime) -> list[datetime]:
    """The next of each kind: a check-in, a re-ask, a cycle's dates, a look at agreements, a waiting message."""
    row = t.cycles.c
    waiting = row.state.in_((CycleState.PLANNED, CycleState.PROPOSED))
    queries: list[Select[datetime | None]] = [
        select(func.min(t.partners.c.next_checkin_at)),
        select(func.min(t.checkins.c.reask_at)).where(t.checkins.c.state == CheckInState.ASKED),
        select(func.min(row.proposal_at)).where(waiting, row.proposal_at > now),
        select(func.min(row.intro_at)).where(waiting, row.intro_at > now),
        select(func.min(row.ends_at)).where(row.state != CycleState.CLOSED),
        select(func.min(t.pacts.c.due_at)),
    ]
    found = [tx.execute(query).scalar_one() for query in queries]
    return [moment for moment in (*found, letters.next_due_at(tx)) if moment is not None]
