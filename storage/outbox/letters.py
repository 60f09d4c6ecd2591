"""What stands in the outbox: one letter for each message that is, or will be, on somebody's screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from mentoring.messages import Kind, Notice
from mentoring.readers import OnePerson, Recipient, written
from storage import tables as t
from storage.database import Tx
from storage.states import RowState, Settled

NAME = 16
"""So many hexadecimal digits of a token, 64 random bits, are the message's name; the others are new each time."""

_ONE = select(t.outbox).where(t.outbox.c.id == bindparam("id"))
_AT = select(t.outbox).where(
    t.outbox.c.channel == bindparam("the_channel"), t.outbox.c.ts == bindparam("the_ts")
)
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
    `settled` is what ended the doubt whether it arrived, if there was one. `act` is the id of the act that last called
    for it, empty where the calendar did.
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
    settled: Settled | None = None
    act: str = ""

    @property
    def name(self) -> str:
        """What its buttons carry, so that a press of one tells whose it is; the same each time that it is sent."""
        return self.token[:NAME]

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
    return letter_of(row) if row else None


def at(tx: Tx, channel: str, ts: str) -> Letter | None:
    """The row whose message stands at that place, or None."""
    row = tx.execute(_AT, {"the_channel": channel, "the_ts": ts}).first()
    return letter_of(row) if row else None


def named(tx: Tx, name: str) -> Letter | None:
    """The row whose buttons carry that name, or None."""
    # A range, so that the index on tokens finds it; no hexadecimal digit comes after "f".
    token = t.outbox.c.token
    row = tx.execute(select(t.outbox).where(token >= name, token < f"{name}g")).first()
    return letter_of(row) if row and len(name) == NAME else None


def of_kinds(tx: Tx, program_id: int, kinds: Iterable[Kind], to: Recipient) -> list[Letter]:
    """Every row of these kinds to there."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == program_id,
        row.recipient == written(to),
        row.kind.in_([kind.value for kind in kinds]),
    )
    return [letter_of(found) for found in tx.execute(query.order_by(row.id))]


def of_each_kind(
    tx: Tx, program_id: int, kinds: Iterable[Kind], since: Mapping[Kind, datetime]
) -> dict[Kind, list[Letter]]:
    """Every row of each of these kinds; of a kind in `since`, those that were queued from then on."""
    row, found = t.outbox.c, {kind: list[Letter]() for kind in kinds}
    lately = (or_(row.kind != kind.value, row.created_at >= moment) for kind, moment in since.items())
    query = select(t.outbox).where(
        row.program_id == program_id, row.kind.in_([kind.value for kind in found]), *lately
    )
    for one in tx.execute(query.order_by(row.id)):
        found[Kind(one.kind)].append(letter_of(one))
    return found


def about(tx: Tx, program_id: int, kind: Kind, subject: object) -> list[Letter]:
    """Every row about a subject."""
    rows = tx.execute(_ABOUT, {"program": program_id, "kind": kind.value, "subject": str(subject)})
    return [letter_of(found) for found in rows]


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
    return [letter_of(found) for found in tx.execute(query.order_by(row.id))]


def due(tx: Tx, now: datetime, limit: int) -> list[Letter]:
    """Rows to work on: ready or unsure ones whose time has come, in the order in which they were queued."""
    query = (
        select(t.outbox)
        .where(t.outbox.c.state.in_((RowState.READY, RowState.UNSURE)), t.outbox.c.not_before <= now)
        .order_by(t.outbox.c.id)
        .limit(limit)
    )
    return [letter_of(row) for row in tx.execute(query)]


def next_due_at(tx: Tx) -> datetime | None:
    """When the next row can be worked on, or None when nothing waits."""
    row = t.outbox.c
    # One state after the other: an index on both columns has an order only within a state.
    queries = (select(func.min(row.not_before)).where(row.state == state) for state in _WAITING)
    found = [tx.execute(query).scalar() for query in queries]
    return min((moment for moment in found if moment is not None), default=None)


def unknown(tx: Tx, program_id: int) -> list[Letter]:
    """Every row of which nobody can tell whether it arrived; not the questions about such rows."""
    row = t.outbox.c
    query = select(t.outbox).where(
        row.program_id == program_id, row.state == RowState.UNKNOWN, row.kind != Kind.UNCONFIRMED
    )
    return [letter_of(found) for found in tx.execute(query.order_by(row.id))]


def some(tx: Tx, ids: Iterable[int]) -> dict[int, Letter]:
    """These rows by their ids."""
    rows = tx.execute(select(t.outbox).where(t.outbox.c.id.in_(list(ids))))
    return {row.id: letter_of(row) for row in rows}


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
    return [letter_of(found) for found in tx.execute(query.order_by(row.id))]


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


def letter_of(row: Row[Any]) -> Letter:
    """A letter from a row that carries the columns of `outbox`."""
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
        settled=Settled(row.settled) if row.settled else None,
        act=row.act or "",
    )


of_row = letter_of
"""The letter in a row with every column of the outbox."""
