"""What somebody has got since a moment, and what waits for them: over all programs of a workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select

from mentoring.messages import Kind
from mentoring.readers import BothOfPair, OnePerson, written
from storage import tables as t
from storage.database import Tx
from storage.outbox.letters import Letter
from storage.states import RowState


def of_person(
    tx: Tx, workspace: str, letter: Letter, person_id: str, since: datetime, now: datetime
) -> tuple[int, list[Kind]]:
    """How many other messages that the bot began somebody has got since then, and the kinds of those that are due."""
    row, pair = t.outbox.c, t.pairs.c
    programs = select(t.programs.c.id).where(t.programs.c.workspace == workspace).scalar_subquery()
    own = select(pair.id).where(
        pair.program_id.in_(programs), or_(pair.mentor_id == person_id, pair.mentee_id == person_id)
    )
    conversations = [written(BothOfPair(number)) for number in tx.execute(own).scalars()]
    sent = row.sent_at >= since
    due = and_(row.state == RowState.READY, row.ts.is_(None), row.not_before <= now)
    query = select(row.id, row.kind, row.sent_at).where(
        row.program_id.in_(programs),
        row.recipient.in_([written(OnePerson(person_id)), *conversations]),
        row.patient,
        or_(sent, due),
    )
    found = [one for one in tx.execute(query) if one.id != letter.id]
    waiting = [Kind(one.kind) for one in found if one.sent_at is None]
    return len(found) - len(waiting), waiting
