"""People as the workspace's directory knows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, or_, select, update

from mentoring.people import Person, Standing
from storage import skills
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import upsert

GIVE_UP = timedelta(days=90)
"""After so long nobody looks any more whether somebody is back; an event that says so still counts."""

GONE_FOR = timedelta(days=1)
"""Whoever is not in the workspace is looked up again so much later than others, in case their return was missed."""

_HERE = select(t.people).where(t.people.c.workspace == bindparam("workspace"))
_ONE = _HERE.where(t.people.c.id == bindparam("person"))
_SINCE = _ONE.where(t.people.c.seen_at >= bindparam("since"))
_SOME = _HERE.where(t.people.c.id.in_(bindparam("ids", expanding=True)))


def get(tx: Tx, workspace: str, person_id: str) -> Person | None:
    """The person as last seen, or None."""
    row = tx.execute(_ONE, {"workspace": workspace, "person": person_id}).one_or_none()
    return person_of(row) if row else None


def seen_since(tx: Tx, workspace: str, person_id: str, since: datetime) -> Person | None:
    """The person, if the directory said so at that moment or later."""
    row = tx.execute(_SINCE, {"workspace": workspace, "person": person_id, "since": since}).one_or_none()
    return person_of(row) if row else None


def admins(tx: Tx, workspace: str) -> list[Person]:
    """The workspace's admins and owners who can be written to: no guests, no bots, nobody who is gone; by their ids."""
    c = t.people.c
    query = (
        select(t.people)
        .where(c.workspace == workspace, c.admin, ~c.deactivated, ~c.guest, ~c.bot, c.stranger.isnot(True))
        .order_by(c.id)
    )
    return [person_of(row) for row in tx.execute(query)]


def only_admins(tx: Tx, workspace: str, admins: Collection[str], since: datetime | None = None) -> None:
    """Take the mark of an admin from everybody else, but for those of whom something newer than `since` is known."""
    c = t.people.c
    others = update(t.people).where(c.workspace == workspace, c.admin, c.id.not_in(admins))
    if since is not None:
        others = others.where(c.seen_at < since)
    demoted = tx.execute(others.values(admin=False).returning(c.id)).scalars().all()
    if demoted:
        facts.changed(tx, facts.admins(workspace), *map(facts.person, demoted))


def save(tx: Tx, workspace: str, person: Person, seen_at: datetime) -> None:
    """Keep what the directory says now."""
    replace(tx, workspace, get(tx, workspace, person.id), person, seen_at)


def replace(tx: Tx, workspace: str, before: Person | None, person: Person, seen_at: datetime) -> None:
    """The same for who has just been read as they were before."""
    values = {
        "workspace": workspace,
        "id": person.id,
        "name": person.name,
        "time_zone": person.time_zone,
        "admin": person.admin,
        "deactivated": person.deactivated,
        "guest": person.guest,
        "bot": person.bot,
        "stranger": person.stranger,
        "away_until": person.away_until,
        "seen_at": seen_at,
        **_as_of(before, person),
    }
    upsert(tx, t.people, ("workspace", "id"), values)
    if before != person:
        _show(tx, workspace, before, person)
    if before is not None and before.gone != person.gone:
        skills.person_moved(tx, workspace, person.id)


def _as_of(before: Person | None, person: Person) -> dict[str, int | None]:
    """Which state of their entry that is; an answer that does not say, or names the state that is known, is no news."""
    if before and (person.updated is None or (person.reported is None and person.updated == before.updated)):
        return {"updated": before.updated, "reported": before.reported}
    return {"updated": person.updated, "reported": person.reported}


def _show(tx: Tx, workspace: str, before: Person | None, person: Person) -> None:
    """Let every message that shows something of this person show it as it is now."""
    belongs = select(t.members.c.program_id).where(
        t.members.c.workspace == workspace, t.members.c.person_id == person.id
    )
    if person.admin or (before and before.admin):
        facts.changed(tx, facts.admins(workspace))
    # Nobody is a member who was never seen.
    held = [facts.held(program_id) for program_id in tx.execute(belongs).scalars()] if before else []
    facts.changed(tx, facts.person(person.id), *held)


def some(tx: Tx, workspace: str, ids: Iterable[str]) -> dict[str, Person]:
    """Those of these people who were ever seen, by id."""
    return {row.id: person_of(row) for row in tx.execute(_SOME, {"workspace": workspace, "ids": list(ids)})}


def everybody(tx: Tx, workspace: str) -> dict[str, Person]:
    """Everybody of a workspace who was ever seen, by id."""
    return {row.id: person_of(row) for row in tx.execute(_HERE, {"workspace": workspace})}


def stale(tx: Tx, before: datetime, limit: int) -> list[tuple[str, str]]:
    """Up to `limit` members and leads last looked up before then: (workspace, person id), longest unseen first.

    Leads whom nobody has looked up yet come before all others, and those who are gone after all others, `GONE_FOR`
    later: whoever leads a program, or belonged to one when they went, may have come back.
    """
    unseen = _unseen_leads(tx, limit)
    c = t.people.c
    gone = or_(c.deactivated, c.stranger.is_(True))
    query = (
        select(c.workspace, c.id)
        .where(or_(_leads(), _belongs(), gone & _is_away(before - GIVE_UP)))
        .where(c.seen_at < before, or_(~gone, c.seen_at < before - GONE_FOR))
        .order_by(gone, c.seen_at)
        .limit(limit - len(unseen))
    )
    return unseen + [(row.workspace, row.id) for row in tx.execute(query)]


def _unseen_leads(tx: Tx, limit: int) -> list[tuple[str, str]]:
    """Leads about whom nothing is stored, because a lead is only named in the settings."""
    workspace, lead = t.programs.c.workspace, t.leads.c.person_id
    query = (
        select(workspace, lead)
        .join(t.programs, t.programs.c.id == t.leads.c.program_id)
        .where(~exists().where(t.people.c.workspace == workspace, t.people.c.id == lead))
        .distinct()
        .order_by(workspace, lead)
        .limit(limit)
    )
    return [(row.workspace, row.person_id) for row in tx.execute(query)]


def _leads() -> ColumnElement[bool]:
    """Whether a person of the outer query leads a program of their workspace."""
    return exists().where(
        t.leads.c.person_id == t.people.c.id,
        t.programs.c.id == t.leads.c.program_id,
        t.programs.c.workspace == t.people.c.workspace,
    )


def _is_away(since: datetime) -> ColumnElement[bool]:
    """Whether only the directory took a person of the outer query out of a program, later than that."""
    return exists().where(
        t.members.c.workspace == t.people.c.workspace,
        t.members.c.person_id == t.people.c.id,
        t.members.c.away_since >= since,
    )


def _belongs() -> ColumnElement[bool]:
    """Whether a person of the outer query takes part in a program now."""
    return exists().where(
        t.members.c.workspace == t.people.c.workspace,
        t.members.c.person_id == t.people.c.id,
        t.members.c.standing != Standing.LEFT,
    )


def person_of(row: Any) -> Person:
    """A person from a row that carries the columns of `people`."""
    return Person(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        admin=row.admin,
        deactivated=row.deactivated,
        guest=row.guest,
        bot=row.bot,
        stranger=row.stranger,
        away_until=row.away_until,
        updated=row.updated,
        reported=row.reported,
    )
