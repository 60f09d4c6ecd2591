"""Who did what: every action of a lead or an admin, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage import tables as t
from storage.database import Tx

SCHEDULE = "schedule"
"""The actor of whatever the calendar did by itself."""


def note(
    tx: Tx, program_id: int, at: datetime, actor: str, action: str, subject: object, **details: Any
) -> None:
    """Add an entry; `details` are plain values that a lead may see."""
    values = {"program_id": program_id, "at": at, "actor": actor, "action": action, "subject": str(subject)}
    tx.execute(insert(t.audit).values(values | {"details": details}))


def last(tx: Tx, program_id: int, subject: object, actions: Collection[str]) -> tuple[str, str] | None:
    """(who, what): the last of these actions about a subject; None where there was none."""
    row = t.audit.c
    query = select(row.actor, row.action).where(
        row.program_id == program_id, row.subject == str(subject), row.action.in_(list(actions))
    )
    found = tx.execute(query.order_by(row.id.desc()).limit(1)).one_or_none()
    return (found.actor, found.action) if found else None


def entries(tx: Tx, program_id: int) -> list[tuple[datetime, str, str, str]]:
    """(when, who, what, about what), oldest first."""
    query = select(t.audit).where(t.audit.c.program_id == program_id).order_by(t.audit.c.id)
    return [(row.at, row.actor, row.action, row.subject) for row in tx.execute(query)]


def actor_of_run(tx: Tx, program_id: int, cycle_id: int, run: int) -> str | None:
    """Who asked for a cycle's n-th matching (counted from 1), or None when it was the calendar."""
    row = t.audit.c
    query = select(row.actor).where(
        row.program_id == program_id, row.action == "match", row.subject == str(cycle_id)
    )
    actors = list(tx.execute(query.order_by(row.id)).scalars())
    return actors[run - 1] if 0 < run <= len(actors) and actors[run - 1] != SCHEDULE else None


def latest(tx: Tx) -> datetime | None:
    """When the last thing on record was done, or None when nothing is."""
    return tx.execute(select(t.audit.c.at).order_by(t.audit.c.id.desc()).limit(1)).scalar_one_or_none()
