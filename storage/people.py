"""People as the workspace's directory knows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select

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
        _show(tx, workspace, before, person)
    if before is not None and before.deactivated != person.deactivated:
        skills.person_moved(tx, workspace, person.id)


def _show(tx: Tx, workspace: str, before: Person | None, person: Person) -> None:
    """Let every message that shows something of this person show it as it is now."""
    belongs = select(t.members.c.program_id).where(
        t.members.c.workspace == workspace, t.members.c.person_id == person.id
    )
    if person.admin or (before and before.admin):
        facts.changed(tx, facts.admins(workspace))
    held = (facts.held(program_id) for program_id in tx.execute(belongs).scalars())
    facts.changed(tx, facts.person(person.id), *held)


def admins(tx: Tx, workspace: str) -> list[Person]:
    """The workspace's admins who are there, as last seen, by id."""
    row = t.people.c
    query = select(t.people).where(
        row.workspace == workspace, row.admin.is_(True), row.deactivated.is_(False)
    )
    return [person_of(found) for found in tx.execute(query.order_by(row.id))]


def some(tx: Tx, workspace: str, ids: Iterable[str]) -> dict[str, Person]:
    """Those of these people who were ever seen, by id."""
    query = select(t.people).where(t.people.c.workspace == workspace, t.people.c.id.in_(list(ids)))
    return {row.id: person_of(row) for row in tx.execute(query)}


def stale(
    tx: Tx, before: datetime, limit: int, away: tuple[datetime, datetime] | None = None
) -> list[tuple[str, str]]:
    """Up to `limit` members who take part and were last looked up before then: (workspace, person id), oldest first.

    `away` is (looked up before, away since): with it, also those whom only the directory took out, later than the
    second instant, and who were last looked up before the first.
    """
    person, member = t.people.c, t.members.c
    own = select(member.person_id).where(member.workspace == person.workspace, member.person_id == person.id)
    due = and_(
        person.seen_at < before, person.deactivated.is_(False), own.where(member.standing != "left").exists()
    )
    if away is not None:
        seen_before, since = away
        gone = own.where(member.standing == "left", member.away_since >= since)
        due = or_(due, and_(person.seen_at < seen_before, gone.exists()))
    query = select(person.workspace, person.id).where(due).order_by(person.seen_at).limit(limit)
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
