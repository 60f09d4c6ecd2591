"""The outbox by lanes: the first rows of each that are due, found by an index however many wait behind them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from mentoring.urgency import Lane
from storage import tables as t
from storage.database import Tx
from storage.outbox import letters
from storage.outbox.letters import Letter
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
    given = _given(now, resting, limit)
    found = tx.execute(_heads(tuple(sorted(lanes)), bool(resting)), given)
    return [(Lane(row.lane), letters.of_row(row)) for row in found]


def doubtful(tx: Tx, now: datetime, resting: Collection[Conversation], limit: int) -> list[Letter]:
    """The first due rows that may or may not have arrived, whatever their lane."""
    found = tx.execute(_doubtful(bool(resting)), _given(now, resting, limit))
    return [letters.of_row(row) for row in found]


def _given(now: datetime, resting: Collection[Conversation], limit: int) -> dict[str, Any]:
    return {"the_moment": now, "most": limit} | ({"resting": list(resting)} if resting else {})


# A look happens after each message, and building its query takes longer than asking it. So each is built once.
@cache
def _heads(lanes: tuple[Lane, ...], rests: bool) -> CompoundSelect[Any]:
    return union_all(*(_head(_READY & (t.outbox.c.lane == lane), rests, lane) for lane in lanes))


@cache
def _doubtful(rests: bool) -> Select[Any]:
    return _head(_UNSURE, rests)


def _head(which: ColumnElement[bool], rests: bool, lane: Lane | None = None) -> Select[Any]:
    row = t.outbox.c
    # One channel, whose messages keep their order also when one of them was put back.
    order = (row.id,) if lane is Lane.LEADS else (row.not_before, row.id)
    due = select(t.outbox).where(which, row.not_before <= bindparam("the_moment"))
    if rests:
        due = due.where(~tuple_(row.program_id, row.recipient).in_(bindparam("resting", expanding=True)))
    # A part of a union may not have an order of its own, only a query inside of it.
    return select(due.order_by(*order).limit(bindparam("most", type_=Integer())).subquery())


def ahead(tx: Tx, letter: Letter, now: datetime, limit: int) -> list[Letter]:
    """New rows that were queued before this one for the same conversation and are due, oldest first."""
    given = {
        "program": letter.program_id,
        "to": letter.notice.recipient,
        "row": letter.id,
        "the_moment": now,
        "most": limit,
    }
    return [letters.of_row(found) for found in tx.execute(_AHEAD, given)]


_AHEAD = (
    select(t.outbox)
    .where(
        t.outbox.c.program_id == bindparam("program"),
        t.outbox.c.recipient == bindparam("to"),
        t.outbox.c.id < bindparam("row"),
        t.outbox.c.state.in_(_WAITING),
        t.outbox.c.ts.is_(None),
        t.outbox.c.not_before <= bindparam("the_moment"),
    )
    .order_by(t.outbox.c.id)
    .limit(bindparam("most", type_=Integer()))
)


def next_after(tx: Tx, now: datetime) -> datetime | None:
    """When the next row will be due that is not due yet, or None when there is none."""
    found = tx.execute(_NEXT, {"the_moment": now}).one()
    return min((moment for moment in found if moment is not None), default=None)


_NEXT = select(
    *(
        select(func.min(t.outbox.c.not_before))
        .where(t.outbox.c.state == state, t.outbox.c.not_before > bindparam("the_moment"))
        .scalar_subquery()
        for state in _WAITING
    )
)


def waiting(tx: Tx) -> int:
    """How many rows are not where they should be yet."""
    states = t.outbox.c.state.in_((*_WAITING, RowState.SENDING))
    return int(tx.execute(select(func.count()).where(states)).scalar_one())


def leases(tx: Tx, after: datetime) -> list[tuple[datetime, Letter]]:
    """The last leases that ended, or end, after that moment: their ends, and what was sent with them."""
    row = t.outbox.c
    found = tx.execute(select(t.outbox).where(row.lease_until > after).order_by(row.lease_until))
    return [(one.lease_until, letters.of_row(one)) for one in found]
