"""Messages that should have gone long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select

from storage import tables as t
from storage.database import Tx
from storage.states import RowState

LONG = timedelta(days=1)
"""Whatever waits for longer has met more than a night, a limit of Slack's or a restart."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """How many messages have waited for long, and since when the first of them has."""

    number: int
    since: datetime


def look(tx: Tx, now: datetime) -> Stuck | None:
    """The messages that have waited for more than `LONG`; None when there is none.

    One that was tried and never shown waits since it was queued: each try puts off the next.
    """
    row = t.outbox.c
    tried = and_(row.attempts > 0, row.ts.is_(None))
    since = case((tried, row.created_at), else_=row.not_before)
    on_its_way = and_(row.state == RowState.SENDING, row.lease_until < now - LONG)
    waits = and_(row.state.in_((RowState.READY, RowState.UNSURE)), since < now - LONG)
    query = select(func.count(), func.min(since)).where(or_(waits, on_its_way))
    number, first = tx.execute(query).one()
    return Stuck(number, first) if number else None
