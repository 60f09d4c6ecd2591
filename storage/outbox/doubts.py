"""Which messages of unknown fate each question asks about: several in one, while it stands unanswered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, or_, select, update

from mentoring.messages import Kind
from mentoring.readers import OnePerson, written
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts, letters, queued
from storage.outbox.letters import Letter
from storage.states import RowState
from storage.upsert import insert_once

GOES_ON = (*facts.ON_THEIR_WAY, RowState.UNKNOWN)
"""The states of a question that its reader has, will have, or may have."""


def members(tx: Tx, question: Letter) -> list[tuple[int, int]]:
    """The messages that a question asks about, each with its place in it, in the order in which they were added.

    One of an older version asks about the message in its subject alone, at place 0.
    """
    doubt = t.doubts.c
    query = select(doubt.id, doubt.row_id).where(doubt.question_id == question.id).order_by(doubt.id)
    found = [(place, row_id) for place, row_id in tx.execute(query)]
    first = int(question.notice.subject)
    return found if any(row_id == first for _, row_id in found) else [(0, first), *found]


def about(tx: Tx, program_id: int, row_id: int) -> list[Letter]:
    """Every question about a message."""
    row, doubt = t.outbox.c, t.doubts.c
    asking = select(doubt.question_id).where(doubt.row_id == row_id)
    query = select(row.id).where(row.program_id == program_id, row.kind == Kind.UNCONFIRMED.value)
    query = query.where(or_(row.subject == str(row_id), row.id.in_(asking)))
    found = letters.some(tx, tx.execute(query).scalars())
    return [found[number] for number in sorted(found)]


def asked(tx: Tx, program_id: int) -> dict[int, set[str]]:
    """Who has, will have or may have a question about each message that somebody is asked about."""
    row, doubt = t.outbox.c, t.doubts.c
    query = (
        select(row.subject, row.recipient, doubt.row_id)
        .outerjoin(t.doubts, doubt.question_id == row.id)
        .where(row.program_id == program_id, row.kind == Kind.UNCONFIRMED.value)
        .where(or_(row.state.in_(GOES_ON), row.ts.is_not(None)))
    )
    found: dict[int, set[str]] = {}
    for subject, recipient, row_id in tx.execute(query):
        for number in {int(subject), row_id or int(subject)}:
            found.setdefault(number, set()).add(recipient.partition(":")[2])
    return found


def standing(tx: Tx, program_id: int, person_id: str) -> Letter | None:
    """The newest question to somebody that is not answered yet; None where each one is."""
    row = t.outbox.c
    query = (
        select(row.id)
        .where(row.program_id == program_id, row.kind == Kind.UNCONFIRMED.value)
        .where(row.recipient == written(OnePerson(person_id)), row.state.in_(facts.ON_THEIR_WAY))
        .where(_has_an_open_one(row.id, row.subject))
    )
    found = tx.execute(query.order_by(row.id.desc()).limit(1)).scalar()
    return letters.get(tx, found) if found is not None else None


def _has_an_open_one(question_id: ColumnElement[int], subject: ColumnElement[str]) -> ColumnElement[bool]:
    row, doubt = t.outbox.alias("doubted").c, t.doubts.c
    added = select(doubt.row_id).where(doubt.question_id == question_id)
    either = or_(row.id.in_(added), cast(row.id, String) == subject)
    return select(row.id).where(row.state == RowState.UNKNOWN, either).exists()


def add(tx: Tx, question: Letter, row_id: int) -> None:
    """Ask about one more message in a question, once."""
    insert_once(tx, t.doubts, {"question_id": question.id, "row_id": row_id})
    facts.changed(tx, facts.said(question.program_id, question.notice.kind, question.notice.subject))


def at_once(tx: Tx, question: Letter, now: datetime) -> None:
    """Let a question go now that waited for its reader to be at work."""
    row = t.outbox.c
    waits = (row.id == question.id, row.state == RowState.READY, row.ts.is_(None), row.patient)
    changes = {"patient": False, "not_before": now, "held_until": now}
    if tx.execute(update(t.outbox).where(*waits).values(changes)).rowcount:
        queued.mark(tx)
