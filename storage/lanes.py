"""The outbox by lanes: the first rows of each that are due, found by an index however many wait behind them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, true, tuple_, union_all

from mentoring.urgency import Lane
from storage import letters
from storage import tables as t
from storage.database import Tx
from storage.letters import Letter
from storage.states import RowState

Conversation = tuple[int, str]
"""The program and the recipient of a message: what has these in common stands in one conversation."""

# Written out, since an index of some rows only serves a query whose text says that it asks for these.
_READY = t.outbox.c.state == literal_column(f"'{RowState.READY}'")
_UNSURE = t.outbox.c.state == literal_column(f"'{RowState.UNSURE}'")
_WAITING = (RowState.READY, RowState.UNSURE)


def heads(
    tx: Tx, lanes: Collection[Lane], now: datetime, resting: Collection[Conversation], limit: int
) -> list[tuple[Lane, Letter]]:
    """The first due rows of these lanes, so many of each, outside of the conversations that rest."""
    if not lanes:
        return []
    arms = [_head(_READY & (t.outbox.c.lane == lane), now, resting, limit, lane) for lane in sorted(lanes)]
    return [(Lane(row.lane), letters.of_row(row)) for row in tx.execute(union_all(*arms))]


def doubtful(tx: Tx, now: datetime, resting: Collection[Conversation], limit: int) -> list[Letter]:
    """The first due rows that may or may not have arrived, whatever their lane."""
    return [letters.of_row(row) for row in tx.execute(_head(_UNSURE, now, resting, limit))]


def _head(
    which: ColumnElement[bool],
    now: datetime,
    resting: Collection[Conversation],
    limit: int,
    lane: Lane | None = None,
) -> Select[Any]:
    row = t.outbox.c
    # One channel, whose messages keep their order also when one of them was put back.
    order = (row.id,) if lane is Lane.LEADS else (row.not_before, row.id)
    rests = tuple_(row.program_id, row.recipient).in_(resting) if resting else ~true()
    due = select(t.outbox).where(which, row.not_before <= now, ~rests)
    # A part of a union may not have an order of its own, only a query inside of it.
    return select(due.order_by(*order).limit(limit).subquery())


def ahead(tx: Tx, letter: Letter, now: datetime, limit: int) -> list[Letter]:
    """New rows that were queued before this one for the same conversation and are due, oldest first."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == letter.program_id,
        row.recipient == letter.notice.recipient,
        row.id < letter.id,
        row.state.in_(_WAITING),
        row.ts.is_(None),
        row.not_before <= now,
    )
    return [letters.of_row(found) for found in tx.execute(query.order_by(row.id).limit(limit))]


def next_after(tx: Tx, now: datetime) -> datetime | None:
    """When the next row will be due that is not due yet, or None when there is none."""
    row = t.outbox.c
    found = [
        tx.execute(select(func.min(row.not_before)).where(row.state == state, row.not_before > now)).scalar()
        for state in _WAITING
    ]
    return min((moment for moment in found if moment is not None), default=None)


def waiting(tx: Tx) -> int:
    """How many rows are not where they should be yet."""
    states = t.outbox.c.state.in_((*_WAITING, RowState.SENDING))
    return int(tx.execute(select(func.count()).where(states)).scalar_one())


def leases(tx: Tx, after: datetime) -> list[tuple[datetime, Letter]]:
    """The last leases that ended, or end, after that moment: their ends, and what was sent with them."""
    row = t.outbox.c
    found = tx.execute(select(t.outbox).where(row.lease_until > after).order_by(row.lease_until))
    return [(one.lease_until, letters.of_row(one)) for one in found]
