"""Who wants to be asked less: every so many weeks only, or not at all on days when they are away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, insert, select

from mentoring.away import Away
from storage import checkin_tables as t
from storage.database import Tx
from storage.upsert import upsert


def ask_every(tx: Tx, workspace: str, person_id: str, weeks: int, since: date) -> None:
    """Ask somebody only every so many weeks, counted from that Monday; 1 is every week again."""
    if weeks == 1:
        one = t.fewer.c
        tx.execute(delete(t.fewer).where(one.workspace == workspace, one.person_id == person_id))
        return
    values = {"workspace": workspace, "person_id": person_id, "weeks": weeks, "since": since}
    upsert(tx, t.fewer, ("workspace", "person_id"), values)


def weeks_of(tx: Tx, workspace: str, person_id: str) -> tuple[int, date] | None:
    """Every how many weeks somebody wants to be asked, and counted from which Monday; None for every week."""
    one = t.fewer.c
    row = tx.execute(
        select(one.weeks, one.since).where(one.workspace == workspace, one.person_id == person_id)
    ).one_or_none()
    return (row.weeks, row.since) if row else None


def go_away(tx: Tx, workspace: str, person_id: str, days: Away) -> None:
    """Keep on which days somebody is away."""
    values = {"workspace": workspace, "person_id": person_id}
    tx.execute(insert(t.away).values(**values, first_day=days.first, last_day=days.last))


def come_back(tx: Tx, workspace: str, person_id: str) -> bool:
    """Forget all days on which somebody is away; tells whether there were any."""
    one = t.away.c
    gone = delete(t.away).where(one.workspace == workspace, one.person_id == person_id)
    return tx.execute(gone).rowcount > 0


def away(tx: Tx, workspace: str, person_id: str) -> list[Away]:
    """The days on which somebody said that they are away, also those past, in order."""
    one = t.away.c
    query = select(t.away).where(one.workspace == workspace, one.person_id == person_id)
    return [Away(row.first_day, row.last_day) for row in tx.execute(query.order_by(one.first_day, one.id))]
