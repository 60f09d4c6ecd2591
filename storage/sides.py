"""When each side of a pair is asked next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from mentoring.cadence import WEEK
from mentoring.checkins import SILENT_WEEKS
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert


def plan_checkin(tx: Tx, pair_id: int, person_id: str, at: datetime | None) -> None:
    """Set when this side is asked next; None ends the questions."""
    upsert(
        tx,
        t.partners,
        ("pair_id", "person_id"),
        {"pair_id": pair_id, "person_id": person_id, "next_checkin_at": at},
    )


def advance_checkin(tx: Tx, pair_id: int, person_id: str, due_at: datetime, at: datetime) -> bool:
    """Move this side's next check-in from one instant to the next, unless somebody else did; tells whether it did."""
    changed = (
        update(t.partners)
        .where(t.partners.c.pair_id == pair_id, t.partners.c.person_id == person_id)
        .where(t.partners.c.next_checkin_at == due_at)
        .values(next_checkin_at=at)
    )
    return tx.execute(changed).rowcount == 1


def checkins_due(tx: Tx, now: datetime, limit: int) -> list[tuple[int, str, datetime]]:
    """(pair, person, due at) of the sides whose check-in time has come, the longest waiting first.

    Of those whose time came together, whoever has answered nothing for three weeks goes first.
    """
    side, asked = t.partners.c, t.checkins.c
    answered = (
        select(asked.id)
        .where(asked.pair_id == side.pair_id, asked.person_id == side.person_id)
        .where(asked.answered_at > now - SILENT_WEEKS * WEEK)
        .exists()
    )
    query = (
        select(t.partners)
        .where(side.next_checkin_at <= now)
        .order_by(side.next_checkin_at, answered, side.pair_id)
        .limit(limit)
    )
    return [(row.pair_id, row.person_id, row.next_checkin_at) for row in tx.execute(query)]
