"""Invitations that leads posted to channels, and who joined by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from mentoring.invitations import Invitation
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert


def add(tx: Tx, program_id: int, channel: str, words: str, asked_by: str, now: datetime) -> int:
    """Keep a new one; gives its number."""
    values = {"channel": channel, "words": words, "asked_by": asked_by, "asked_at": now}
    added = insert(t.invitations).values(program_id=program_id, **values).returning(t.invitations.c.id)
    return int(tx.execute(added).scalar_one())


def get(tx: Tx, program_id: int, invitation_id: int) -> Invitation | None:
    """The program's invitation with that number."""
    row = tx.execute(_COUNTED.where(_IN.id == invitation_id, _IN.program_id == program_id)).one_or_none()
    return _invitation(row) if row else None


def of_program(tx: Tx, program_id: int, limit: int) -> list[Invitation]:
    """The last few of a program, newest first."""
    query = _COUNTED.where(_IN.program_id == program_id).order_by(_IN.id.desc()).limit(limit)
    return [_invitation(row) for row in tx.execute(query)]


def last_in(tx: Tx, program_id: int, channel: str) -> Invitation | None:
    """The newest one in that channel."""
    query = _COUNTED.where(_IN.program_id == program_id, _IN.channel == channel)
    row = tx.execute(query.order_by(_IN.id.desc()).limit(1)).one_or_none()
    return _invitation(row) if row else None


def remind(tx: Tx, invitation: Invitation, now: datetime) -> bool:
    """People are reminded now; False when they were before."""
    this = update(t.invitations).where(_IN.id == invitation.id, _IN.reminded_at.is_(None))
    return tx.execute(this.values(reminded_at=now)).rowcount == 1


def came(tx: Tx, program_id: int, person_id: str, invitation_id: int) -> None:
    """Somebody joined by an invitation; the last one counts."""
    values = {"program_id": program_id, "person_id": person_id, "invitation_id": invitation_id}
    upsert(tx, t.came_by, ("program_id", "person_id"), values)


_IN = t.invitations.c
_JOINED = select(func.count()).where(t.came_by.c.invitation_id == _IN.id).scalar_subquery().label("joined")
_COUNTED = select(t.invitations, _JOINED)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        program_id=row.program_id,
        channel=row.channel,
        words=row.words,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reminded_at=row.reminded_at,
        joined=row.joined,
    )
