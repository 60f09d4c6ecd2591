"""Messages on their way to Slack: one row for each message that is, or will be, on somebody's screen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, String, case, cast, func, literal, or_, select, update

from mentoring.messages import Kind, Notice
from storage import tables as t
from storage.database import Tx
from storage.states import RowState
from storage.upsert import insert_for, insert_once

_SUBJECTS = 500
"""How many subjects one statement names; SQLite takes 32,766 values in one (sqlite.org/limits.html)."""

LIVE = (RowState.READY, RowState.SENDING, RowState.UNSURE, RowState.SENT)


@dataclass(frozen=True, slots=True)
class Letter:
    """One outbox row. `wanted` and `shown` are versions of its contents; `fence` counts the attempts to send it."""

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

    @property
    def posted(self) -> bool:
        """Whether it is on screen already, so that sending means updating."""
        return self.ts is not None


def put(tx: Tx, program_id: int, notice: Notice, now: datetime) -> bool:
    """Queue a notice, unless the same was queued before; tells whether this call did it."""
    return insert_once(tx, t.outbox, _row(program_id, notice, now))


def _row(program_id: int, notice: Notice, now: datetime) -> dict[str, Any]:
    """A row for a notice that waits to be sent."""
    return {
        "token": uuid.uuid4().hex,
        "program_id": program_id,
        "key": notice.key,
        "kind": notice.kind.value,
        "subject": notice.subject,
        "recipient": notice.recipient,
        "state": RowState.READY.value,
        "not_before": now,
        "created_at": now,
        "attempts": 0,
        "fence": 0,
        "wanted": 1,
        "shown": 0,
        "trouble": "",
        "digest": "",
    }


def put_all(tx: Tx, program_id: int, notices: Iterable[Notice], now: datetime) -> None:
    """Queue several notices, except those that were queued before."""
    rows = [_row(program_id, notice, now) for notice in notices]
    if rows:
        tx.execute(insert_for(tx, t.outbox).on_conflict_do_nothing(), rows)


def put_again(tx: Tx, program_id: int, notice: Notice, now: datetime) -> bool:
    """Queue a notice also when it was let go before anybody saw it; tells whether this call did it."""
    if put(tx, program_id, notice, now):
        return True
    row = t.outbox.c
    unseen = (
        row.program_id == program_id,
        row.key == notice.key,
        row.state == RowState.MOOT,
        row.ts.is_(None),
        row.sent_at.is_(None),
    )
    changes = {"state": RowState.READY.value, "not_before": now, "attempts": 0, "trouble": ""}
    return tx.execute(update(t.outbox).where(*unseen).values(changes)).rowcount == 1


def of_kind(tx: Tx, program_id: int, kind: Kind, since: datetime | None = None) -> list[Letter]:
    """Every row of a kind, or those that were queued since then."""
    row = t.outbox.c
    query = select(t.outbox).where(row.program_id == program_id, row.kind == kind.value)
    if since is not None:
        query = query.where(row.created_at >= since)
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


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
        row.state.in_((*LIVE, RowState.UNKNOWN)),
    )
    return heard.exists()


def refresh(
    tx: Tx, program_id: int, kind: Kind, subject: object, now: datetime, delay: timedelta = timedelta()
) -> None:
    """Ask for the message about this subject to show the present state, wherever it stands.

    With a delay, the changes of that time are shown together. A message that arrived at a place nobody knows stays
    as it is: it cannot be updated, and sending it would show it twice.
    """
    refresh_all(tx, program_id, kind, [subject], now, delay)


def refresh_all(
    tx: Tx,
    program_id: int,
    kind: Kind,
    subjects: Iterable[object],
    now: datetime,
    delay: timedelta = timedelta(),
) -> None:
    """Ask for the messages about these subjects to show the present state, as `refresh` does for one."""
    left = map(str, subjects)
    while some := list(islice(left, _SUBJECTS)):
        _refresh(tx, program_id, kind, some, now, delay)


def _refresh(
    tx: Tx, program_id: int, kind: Kind, subjects: list[str], now: datetime, delay: timedelta
) -> None:
    row = t.outbox.c
    about = (
        row.program_id == program_id,
        row.kind == kind.value,
        row.subject.in_(subjects),
        row.state.in_(LIVE),
        or_(row.state != RowState.SENT, row.ts.is_not(None)),
    )
    was_sent = row.state == RowState.SENT
    changes = {
        "wanted": row.wanted + 1,
        "state": case((was_sent, RowState.READY.value), else_=row.state),
        "attempts": case((was_sent, 0), else_=row.attempts),
        "not_before": case((was_sent, _instant(now + delay)), else_=row.not_before),
    }
    tx.execute(update(t.outbox).where(*about).values(changes))


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
    waiting = t.outbox.c.state.in_((RowState.READY, RowState.UNSURE))
    query = select(t.outbox.c.not_before).where(waiting).order_by(t.outbox.c.not_before).limit(1)
    return tx.execute(query).scalar_one_or_none()


def lease(tx: Tx, letter: Letter, owner: str, now: datetime, until: datetime) -> Letter | None:
    """Mark the row as being on the wire, just before it is; None when another worker was faster.

    The leased letter keeps the version that it was read and rendered with: what was asked for since is still to come.
    """
    changes = {
        "state": RowState.SENDING.value,
        "fence": letter.fence + 1,
        "attempts": letter.attempts + 1,
        "owner": owner,
        "lease_until": until,
        "first_attempt_at": func.coalesce(t.outbox.c.first_attempt_at, _instant(now)),
    }
    expected = (
        t.outbox.c.id == letter.id,
        t.outbox.c.fence == letter.fence,
        t.outbox.c.state == letter.state,
    )
    if tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount != 1:
        return None
    leased = get(tx, letter.id)
    return replace(leased, wanted=letter.wanted) if leased else None


def get(tx: Tx, row_id: int) -> Letter | None:
    """The row with that id, or None."""
    row = tx.execute(select(t.outbox).where(t.outbox.c.id == row_id)).one_or_none()
    return _letter(row) if row else None


def at(tx: Tx, channel: str, ts: str) -> Letter | None:
    """The row whose message stands at that place, or None."""
    row = tx.execute(select(t.outbox).where(t.outbox.c.channel == channel, t.outbox.c.ts == ts)).first()
    return _letter(row) if row else None


def about(tx: Tx, program_id: int, kind: Kind, subject: object) -> list[Letter]:
    """Every row about a subject."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == program_id, row.kind == kind.value, row.subject == str(subject)
    )
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


def of_person(tx: Tx, program_id: int, kind: Kind, person_id: str) -> list[Letter]:
    """Every direct message of one kind to a person."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == program_id, row.recipient == f"person:{person_id}", row.kind == kind.value
    )
    return [_letter(found) for found in tx.execute(query.order_by(row.id))]


def shown(tx: Tx, letter: Letter, channel: str, ts: str, now: datetime) -> bool:
    """Record that the leased version is on screen; a newer wish makes the row ready again."""
    row = t.outbox.c
    changes = {
        "state": case((row.wanted > letter.wanted, RowState.READY.value), else_=RowState.SENT.value),
        "shown": letter.wanted,
        "channel": channel,
        "ts": ts,
        "sent_at": func.coalesce(row.sent_at, _instant(now)),
        "attempts": 0,
        "trouble": "",
    }
    return _close_lease(tx, letter, changes)


def put_back(tx: Tx, letter: Letter, not_before: datetime, trouble: str, counts: bool = True) -> bool:
    """Send it later; `counts` tells whether this was an attempt (a rate limit is not)."""
    changes = {"state": RowState.READY.value, "not_before": not_before, "trouble": trouble}
    return _close_lease(tx, letter, changes if counts else changes | {"attempts": letter.attempts - 1})


def doubt(tx: Tx, letter: Letter, look_at: datetime, trouble: str) -> bool:
    """It may have arrived: look it up at `look_at`, when the conversation's history has settled."""
    return _close_lease(
        tx, letter, {"state": RowState.UNSURE.value, "not_before": look_at, "trouble": trouble}
    )


def postpone(tx: Tx, letter: Letter, not_before: datetime) -> bool:
    """Come back to a row later, unless somebody else changed it since it was read; this is an attempt that failed."""
    changes = {"not_before": not_before, "attempts": letter.attempts + 1}
    expected = (
        t.outbox.c.id == letter.id,
        t.outbox.c.fence == letter.fence,
        t.outbox.c.state == letter.state,
    )
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


def close(tx: Tx, letter: Letter, state: RowState, trouble: str) -> bool:
    """End a row as moot, failed or unknown, unless somebody else changed it since it was read."""
    changes = {"state": state.value, "trouble": trouble}
    expected = (
        t.outbox.c.id == letter.id,
        t.outbox.c.fence == letter.fence,
        t.outbox.c.state == letter.state,
    )
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


def reopen(tx: Tx, letter: Letter, now: datetime) -> bool:
    """Send a row of unknown fate again, because a lead said so."""
    expected = (t.outbox.c.id == letter.id, t.outbox.c.state == RowState.UNKNOWN)
    changes = {
        "state": RowState.READY.value,
        "not_before": now,
        "attempts": 0,
        "first_attempt_at": None,
        "token": uuid.uuid4().hex,
        "trouble": "sent again",
    }
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


def settle_unknown(tx: Tx, letter: Letter, now: datetime) -> bool:
    """A lead saw the message: it is sent, though its place stays unknown."""
    expected = (t.outbox.c.id == letter.id, t.outbox.c.state == RowState.UNKNOWN)
    changes = {"state": RowState.SENT.value, "sent_at": now, "trouble": "it arrived"}
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


def recover(tx: Tx, owner: str, now: datetime, settle: timedelta, alone: bool) -> int:
    """Take over rows whose worker vanished in the middle of sending; gives their number.

    A message that is on screen is simply updated again; one that may or may not have arrived becomes unsure. `alone`
    says that no other process works on this database, so that every lease of another owner is void at once.
    """
    row = t.outbox.c
    void = row.lease_until < now
    if alone:
        void = or_(void, row.owner != owner)
    changes = {
        "state": case((row.ts.is_not(None), RowState.READY.value), else_=RowState.UNSURE.value),
        "not_before": case((row.ts.is_not(None), _instant(now)), else_=_instant(now + settle)),
        "trouble": "the bot stopped while it was sending",
    }
    return int(
        tx.execute(update(t.outbox).where(row.state == RowState.SENDING, void).values(changes)).rowcount
    )


def tally(tx: Tx) -> dict[RowState, int]:
    """How many rows are in each state."""
    query = select(t.outbox.c.state, func.count()).group_by(t.outbox.c.state)
    return {RowState(state): number for state, number in tx.execute(query)}


def _instant(moment: datetime) -> ColumnElement[datetime]:
    """A moment inside an expression, where SQLAlchemy would not know that it is one of ours."""
    return literal(moment, t.Instant())


def _close_lease(tx: Tx, letter: Letter, changes: dict[str, Any]) -> bool:
    expected = (
        t.outbox.c.id == letter.id,
        t.outbox.c.fence == letter.fence,
        t.outbox.c.state == RowState.SENDING,
    )
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


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
    )
