"""What stands in the outbox: one letter for each message that is, or will be, on somebody's screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, bindparam, cast, func, select

from mentoring.messages import Kind, Notice
from mentoring.readers import OnePerson, written
from storage import facts
from storage import tables as t
from storage.database import Tx
from storage.states import RowState

_ONE = select(t.outbox).where(t.outbox.c.id == bindparam("id"))
_WAITING = (RowState.READY, RowState.UNSURE)
_ABOUT = (
    select(t.outbox)
    .where(t.outbox.c.program_id == bindparam("program"), t.outbox.c.kind == bindparam("kind"))
    .where(t.outbox.c.subject == bindparam("subject"))
    .order_by(t.outbox.c.id)
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One outbox row. `wanted` and `shown` are versions of its contents; `fence` counts the attempts to send it.

    `digest` is that of the contents on screen, or of those that a first post was sent with; empty when unknown.
    A `patient` one is first shown while its readers are at work, and `held_until` is the moment until which it waited.
    """

    id: int
    token: str
    program_id: int
    notice: Notice
    state: RowState
    attempts: int
    fence: int
    wanted: int
    shown: int
    created_at: datetime
    not_before: datetime
    first_attempt_at: datetime | None
    channel: str | None
    ts: str | None
    sent_at: datetime | None
    trouble: str
    digest: str
    patient: bool = False
    held_until: datetime | None = None

    @property
    def could_go_at(self) -> datetime:
        """Since when nothing but Slack keeps it from its readers."""
        return self.held_until or self.created_at

    @property
    def posted(self) -> bool:
        """Whether it is on screen already, so that sending means updating."""
        return self.ts is not None

    @property
    def conversation(self) -> tuple[int, str]:
        """The program and the recipient: the same for what stands in one conversation."""
        return self.program_id, self.notice.recipient


def get(tx: Tx, row_id: int) -> Letter | None:
    """The row with that id, or None."""
    row = tx.execute(_ONE, {"id": row_id}).one_or_none()
    return _letter(row) if row else None


def at(tx: Tx, channel: str, ts: str) -> Letter | None:
    """The row whose message stands at that place, or None."""
    row = tx.execute(select(t.outbox).where(t.outbox.c.channel == channel, t.outbox.c.ts == ts)).first()
    return _letter(row) if row else None


def about(tx: Tx, program_id: int, kind: Kind, subject: object) -> list[Letter]:
    """Every row about a subject."""
    rows = tx.execute(_ABOUT, {"program": program_id, "kind": kind.value, "subject": str(subject)})
    return [_letter(found) for found in rows]


def of_kind(
    tx: Tx, program_id: int, kind: Kind, since: datetime | None = None, to: str | None = None
) -> list[Letter]:
    """Every row of a kind, or those that were queued since then, or those to one person."""
    row = t.outbox.c
    query = select(t.outbox).where(row.program_id == program_id, row.kind == kind.value)
    if since is not None:
        query = query.where(row.created_at >= since)
    if to is not None:
        query = query.where(row.recipient == written(OnePerson(to)))
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


def due(tx: Tx, now: datetime, limit: int) -> list[Letter]:
    """Rows to work on: ready or unsure ones whose time has come, in the order in which they were queued."""
    query = (
        select(t.outbox)
        .where(t.outbox.c.state.in_((RowState.READY, RowState.UNSURE)), t.outbox.c.not_before <= now)
        .order_by(t.outbox.c.id)
        .limit(limit)
    )
    return [_letter(row) for row in tx.execute(query)]


def next_due_at(tx: Tx) -> datetime | None:
    """When the next row can be worked on, or None when nothing waits."""
    row = t.outbox.c
    # One state after the other: an index on both columns has an order only within a state.
    queries = (select(func.min(row.not_before)).where(row.state == state) for state in _WAITING)
    found = [tx.execute(query).scalar() for query in queries]
    return min((moment for moment in found if moment is not None), default=None)


def doubts_unheard(tx: Tx, program_id: int) -> list[Letter]:
    """Every row of which nobody can tell whether it arrived, and about which nobody was asked."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.state == RowState.UNKNOWN,
        row.program_id == program_id,
        row.kind != Kind.UNCONFIRMED,
        ~is_heard(program_id, Kind.UNCONFIRMED, row.id),
    )
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


def is_heard(program_id: int, kind: Kind, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a message of this kind about the thing with that number was seen, may have been or is on its way."""
    row = t.outbox.alias("heard").c
    heard = select(row.id).where(
        row.program_id == program_id,
        row.kind == kind.value,
        row.subject == cast(number, String),
        row.state.in_((*facts.ON_THEIR_WAY, RowState.UNKNOWN)),
    )
    return heard.exists()


def refused(tx: Tx, program_id: int, trouble: str, since: datetime, until: datetime) -> list[Letter]:
    """The rows that were refused for that reason in that time, in the order in which they were queued."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == program_id,
        row.state == RowState.FAILED,
        row.trouble == trouble,
        row.not_before >= since,
        row.not_before < until,
    )
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


def held(tx: Tx, now: datetime) -> int:
    """How many rows wait for working time that has not come."""
    row = t.outbox.c
    waiting = (
        row.state.in_((RowState.READY, RowState.UNSURE)),
        row.ts.is_(None),
        row.not_before > now,
        row.held_until > now,
    )
    return int(tx.execute(select(func.count()).where(*waiting)).scalar_one())


def tally(tx: Tx) -> dict[RowState, int]:
    """How many rows are in each state."""
    query = select(t.outbox.c.state, func.count()).group_by(t.outbox.c.state)
    return {RowState(state): number for state, number in tx.execute(query)}


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        token=row.token,
        program_id=row.program_id,
        notice=Notice(Kind(row.kind), row.subject, row.recipient),
        state=RowState(row.state),
        attempts=row.attempts,
        fence=row.fence,
        wanted=row.wanted,
        shown=row.shown,
        created_at=row.created_at,
        not_before=row.not_before,
        first_attempt_at=row.first_attempt_at,
        channel=row.channel,
        ts=row.ts,
        sent_at=row.sent_at,
        trouble=row.trouble,
        digest=row.digest,
        patient=row.patient,
        held_until=row.held_until,
    )


of_row = _letter
"""The letter in a row with every column of the outbox."""
