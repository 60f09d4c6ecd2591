"""Rows with moments in a future that a wrong clock made up, and what is made of them under the right one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, case, exists, literal, or_, select, update

from storage import tables as t
from storage.database import Tx
from storage.instant import Instant
from storage.outbox import queued
from storage.states import RowState

LAST_ATTEMPT = timedelta(hours=12)
"""An attempt in the future was made some time before now. So long ago is early enough to find what it left in Slack."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What can be so at this moment: `soon` is the latest for what has happened, the others are the longest waits."""

    now: datetime
    soon: datetime
    wait: timedelta
    hold: timedelta
    lease: timedelta


def is_anything(tx: Tx, limits: Limits) -> bool:
    """Whether any row says what cannot be so."""
    found = or_(*(exists().where(which) for _, which, _ in _changes(limits)))
    return bool(tx.execute(select(found)).scalar_one())


def bring_near(tx: Tx, limits: Limits) -> int:
    """Mend these rows; gives how many changes that took."""
    done = sum(
        tx.execute(update(table).where(which).values(how)).rowcount for table, which, how in _changes(limits)
    )
    if done:
        queued.mark(tx)
    return done


def _changes(limits: Limits) -> list[tuple[Table, ColumnElement[bool], dict[str, Any]]]:
    """The table, which of its rows cannot be so, and what is put in the place of what they say."""
    row, now = t.outbox.c, limits.now
    here = t.people.c.workspace.in_(select(t.programs.c.workspace))
    attempted = literal(now - LAST_ATTEMPT, Instant())
    return [
        (
            t.outbox,
            # Held for working time is whatever waits until exactly the moment until which it was held.
            row.state.in_((RowState.READY, RowState.UNSURE))
            & or_(
                row.not_before > now + limits.hold,
                (row.not_before > now + limits.wait)
                & (row.held_until.is_(None) | (row.held_until != row.not_before)),
            ),
            {
                "not_before": now,
                "held_until": None,
                "first_attempt_at": case(
                    (row.first_attempt_at > limits.soon, attempted), else_=row.first_attempt_at
                ),
            },
        ),
        (
            t.outbox,
            (row.state == RowState.SENDING) & (row.lease_until > limits.soon + limits.lease),
            {"lease_until": now + limits.lease, "first_attempt_at": attempted},
        ),
        # Whoever was seen in the future would not be looked at again before that. Nobody is, without a program.
        (t.people, here & (t.people.c.seen_at > limits.soon), {"seen_at": now - limits.wait}),
    ]
