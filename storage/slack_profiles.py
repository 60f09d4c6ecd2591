"""Fields of Slack's profiles: which mean what, and what they said about people when they were read last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, exists, select, union, update

from mentoring.hr import Chosen, HrRecord, Meaning, SlackField
from mentoring.people import Standing
from storage import hr_tables
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert_all

_FIELD, _READ = hr_tables.slack_fields.c, hr_tables.slack_profiles.c


def chosen(tx: Tx, workspace: str) -> dict[Meaning, SlackField]:
    """The fields that leads chose, by what they mean."""
    rows = tx.execute(select(hr_tables.slack_fields).where(_FIELD.workspace == workspace))
    found = {Meaning(row.meaning): row for row in rows}
    return {
        one: SlackField(found[one].field, found[one].label, people=one is Meaning.MANAGER)
        for one in Meaning
        if one in found
    }


def choose(tx: Tx, workspace: str, those: Chosen) -> None:
    """Keep these fields in the place of those before, and have everybody read anew."""
    tx.execute(delete(hr_tables.slack_fields).where(_FIELD.workspace == workspace))
    rows = [
        {"workspace": workspace, "meaning": meaning.value, "field": one.id, "label": one.label}
        for meaning, one in those.items()
    ]
    if rows:
        tx.execute(hr_tables.slack_fields.insert(), rows)
    tx.execute(update(hr_tables.slack_profiles).where(_READ.workspace == workspace).values(read_at=None))


def to_read(tx: Tx, workspace: str, since: datetime, limit: int) -> list[str]:
    """So many people whose profile was not read since then: who takes part, and the managers above them."""
    wanted = union(
        select(t.members.c.person_id).where(
            t.members.c.workspace == workspace, t.members.c.standing != Standing.LEFT
        ),
        select(_READ.manager_id).where(_READ.workspace == workspace, _READ.manager_id.is_not(None)),
    ).subquery()
    person = wanted.c.person_id
    lately = and_(_READ.workspace == workspace, _READ.person_id == person, _READ.read_at >= since)
    query = select(person).where(~exists().where(lately)).order_by(person).limit(limit)
    return list(tx.execute(query).scalars())


def put(tx: Tx, workspace: str, said: Sequence[HrRecord], at: datetime) -> list[str]:
    """Keep what these profiles say now; gives those of whom one says something else than before."""
    before = records(tx, workspace, [one.person_id for one in said])
    rows: list[dict[str, Any]] = [
        {
            "workspace": workspace,
            "person_id": one.person_id,
            "level": one.level,
            "department": one.department,
            "manager_id": one.manager_id,
            "read_at": at,
        }
        for one in said
    ]
    upsert_all(tx, hr_tables.slack_profiles, ("workspace", "person_id"), rows)
    return [one.person_id for one in said if one != before.get(one.person_id, HrRecord(one.person_id))]


def records(tx: Tx, workspace: str, ids: Collection[str]) -> dict[str, HrRecord]:
    """What the profiles of these people said when they were read."""
    query = select(hr_tables.slack_profiles).where(
        _READ.workspace == workspace, _READ.person_id.in_(list(ids))
    )
    return {row.person_id: record_of(row) for row in tx.execute(query)}


def record_of(row: Row[Any]) -> HrRecord:
    """What stands in a row that carries the columns of a profile."""
    said = tuple(one for one in Meaning if getattr(row, one))
    return HrRecord(
        row.person_id,
        level=row.level,
        department=row.department,
        manager_id=row.manager_id,
        from_slack=said,
    )


def is_anything(tx: Tx, workspace: str) -> bool:
    """Whether a profile was ever read."""
    return (
        tx.execute(select(_READ.person_id).where(_READ.workspace == workspace).limit(1)).first() is not None
    )


def forget(tx: Tx, workspace: str, limit: int) -> list[str]:
    """Forget what the profiles of so many people said; gives who they are."""
    query = select(_READ.person_id).where(_READ.workspace == workspace).limit(limit)
    ids = list(tx.execute(query).scalars())
    theirs = _READ.workspace == workspace, _READ.person_id.in_(ids)
    tx.execute(delete(hr_tables.slack_profiles).where(*theirs))
    return ids
