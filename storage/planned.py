"""When pairs plan to meet, and how it was: both as people said it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from mentoring.checkins import CheckIn
from mentoring.planned import AskedAfter, Planned
from mentoring.reflections import Reflected, Reflection
from storage import checkin_tables as t
from storage import tables as all_tables
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import upsert

_ONE = t.planned.c
_HISTORY = select(t.planned).order_by(_ONE.id)


def say(tx: Tx, pair_id: int, at: datetime, said_by: str, now: datetime) -> None:
    """Keep when a pair is to meet; what was said before stays as history."""
    tx.execute(insert(t.planned).values(pair_id=pair_id, at=at, said_by=said_by, said_at=now))
    facts.changed(tx, facts.planned(pair_id))


def of_pair(tx: Tx, pair_id: int) -> list[Planned]:
    """Everything that a pair said about when they meet, oldest first; the last one counts."""
    return [_planned(row) for row in tx.execute(_HISTORY.where(_ONE.pair_id == pair_id))]


def latest(tx: Tx, pair_id: int) -> Planned | None:
    """When the pair last said that they meet, which may be past; None if they never did."""
    last = select(t.planned).where(_ONE.pair_id == pair_id).order_by(_ONE.id.desc()).limit(1)
    row = tx.execute(last).one_or_none()
    return _planned(row) if row else None


def asks_after(tx: Tx, checkin: CheckIn, plan: Planned, now: datetime, also_weekly: bool) -> None:
    """Keep that somebody is asked in this check-in after that meeting was planned to be.

    `also_weekly` tells whether the week's usual question had asked about the pair before.
    """
    values = {"checkin_id": checkin.id, "planned_id": plan.id, "at": now, "also_weekly": also_weekly}
    upsert(tx, t.asked_after, ("checkin_id",), values)
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)


def asked_after(tx: Tx, checkin_id: int) -> AskedAfter | None:
    """After which meeting a check-in asks; None for one at the week's usual time."""
    after = t.asked_after.c
    query = select(t.planned, after.also_weekly).join(t.asked_after, _ONE.id == after.planned_id)
    row = tx.execute(query.where(after.checkin_id == checkin_id)).one_or_none()
    return AskedAfter(checkin_id, _planned(row), row.also_weekly) if row else None


def last_asked_after(tx: Tx, pair_id: int, person_id: str) -> tuple[int, datetime] | None:
    """After which plan somebody was asked last about a pair, by its number, and when; None if they never were."""
    after, checkin = t.asked_after.c, all_tables.checkins.c
    query = (
        select(after.planned_id, after.at)
        .join(all_tables.checkins, checkin.id == after.checkin_id)
        .where(checkin.pair_id == pair_id, checkin.person_id == person_id)
        .order_by(after.at.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return (row.planned_id, row.at) if row else None


def reflect(tx: Tx, checkin: CheckIn, choice: Reflection, now: datetime) -> None:
    """Keep how somebody says that a meeting was, in the place of what they said before."""
    upsert(
        tx,
        t.reflections,
        ("checkin_id",),
        {"checkin_id": checkin.id, "choice": choice.value, "at": now},
    )
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)


def reflected(tx: Tx, checkin_id: int) -> Reflected | None:
    """What somebody said about the meeting of a check-in, if anything."""
    row = tx.execute(select(t.reflections).where(t.reflections.c.checkin_id == checkin_id)).one_or_none()
    return Reflected(row.checkin_id, Reflection(row.choice), row.at) if row else None


def _planned(row: Row[Any]) -> Planned:
    return Planned(row.id, row.pair_id, row.at, row.said_by, row.said_at)
