"""People as the workspace's directory knows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from mentoring.people import Person
from storage import facts, skills
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert


def get(tx: Tx, workspace: str, person_id: str) -> Person | None:
    """The person as last seen, or None."""
    found = tx.execute(select(t.people).where(t.people.c.workspace == workspace, t.people.c.id == person_id))
    row = found.one_or_none()
    return person_of(row) if row else None


def save(tx: Tx, workspace: str, person: Person, seen_at: datetime) -> None:
    """Keep what the directory says now."""
    before = get(tx, workspace, person.id)
    values = {
        "workspace": workspace,
        "id": person.id,
        "name": person.name,
        "time_zone": person.time_zone,
        "admin": person.admin,
        "deactivated": person.deactivated,
        "guest": person.guest,
        "bot": person.bot,
        "seen_at": seen_at,
    }
    upsert(tx, t.people, ("workspace", "id"), values)
    if before != person:
        _show(tx, workspace, person)
    if before is not None and before.deactivated != person.deactivated:
        skills.person_moved(tx, workspace, person.id)


def _show(tx: Tx, workspace: str, person: Person) -> None:
    """Let every message that shows something of this person show it as it is now."""
    belongs = select(t.members.c.program_id).where(
        t.members.c.workspace == workspace, t.members.c.person_id == person.id
    )
    held = (facts.held(program_id) for program_id in tx.execute(belongs).scalars())
    facts.changed(tx, facts.person(person.id), *held)


def stale(tx: Tx, before: datetime, limit: int) -> list[tuple[str, str]]:
    """Up to `limit` members who take part and were last looked up before then: (workspace, person id), oldest first."""
    query = (
        select(t.people.c.workspace, t.people.c.id)
        .where(t.people.c.seen_at < before, t.people.c.deactivated.is_(False))
        .where(
            select(t.members.c.person_id)
            .where(t.members.c.workspace == t.people.c.workspace, t.members.c.person_id == t.people.c.id)
            .where(t.members.c.standing != "left")
            .exists()
        )
        .order_by(t.people.c.seen_at)
        .limit(limit)
    )
    return [(row.workspace, row.id) for row in tx.execute(query)]


def person_of(row: Row[Any]) -> Person:
    """A person from a row that carries the columns of `people`."""
    return Person(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        admin=row.admin,
        deactivated=row.deactivated,
        guest=row.guest,
        bot=row.bot,
    )
