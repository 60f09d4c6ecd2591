"""Pairs that have been introduced and have not met: what was done about them after so many days."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import and_, select

from mentoring.pairings import Pair, PairState
from storage import checkin_tables as t
from storage import tables as all_tables
from storage.database import Tx
from storage.outbox import facts
from storage.pairs import pair_of
from storage.upsert import insert_once

_DONE = t.first_contact.c


def due(tx: Tx, days: int, after: datetime, until: datetime, limit: int) -> list[Pair]:
    """Pairs that were introduced in that time and that nobody has looked at yet after so many days, oldest first."""
    row = all_tables.pairs.c
    looked_at = and_(_DONE.pair_id == row.id, _DONE.days == days)
    query = (
        select(all_tables.pairs)
        .outerjoin(t.first_contact, looked_at)
        .where(row.state == PairState.INTRODUCED, row.introduced_at > after, row.introduced_at <= until)
        .where(_DONE.pair_id.is_(None))
        .order_by(row.introduced_at, row.id)
        .limit(limit)
    )
    return [pair_of(found) for found in tx.execute(query)]


def next_unseen(tx: Tx, days: int, after: datetime) -> datetime | None:
    """When the first pair was introduced since then that nobody has looked at after so many days."""
    found = due(tx, days, after, datetime.max.replace(tzinfo=UTC), 1)
    return found[0].introduced_at if found else None


def note(tx: Tx, pair: Pair, days: int, at: datetime) -> bool:
    """Record that somebody looked at the pair after so many days, once."""
    done = insert_once(tx, t.first_contact, {"pair_id": pair.id, "days": days, "at": at})
    facts.changed(tx, facts.pair(pair.id))
    return done


def looked_at(tx: Tx, pair_id: int) -> dict[int, datetime]:
    """After how many days somebody looked at a pair, and when."""
    rows = tx.execute(select(_DONE.days, _DONE.at).where(_DONE.pair_id == pair_id))
    return {row.days: row.at for row in rows}
