"""What a monitor asks of the database: whether it can be written to, how large it is, and what waits in the outbox."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import func, select, text

from storage import tables as t
from storage.database import Database, Tx
from storage.outbox import letters
from storage.states import RowState

WAITING = (RowState.READY, RowState.SENDING, RowState.UNSURE)
"""The states in which a message is not where it should be yet."""


class _TakeBack(Exception):
    """Ends a transaction without any of its changes."""


def write(database: Database) -> None:
    """Change nothing, as one changes something; raises whatever the database raises."""
    # Taken back, because nothing is kept by which anybody could tell that the database works.
    with suppress(_TakeBack), database.write() as tx:
        # A standby refuses even this, and so does a file that may only be read.
        tx.execute(t.turns.update().where(text("1 = 0")).values(until=t.turns.c.until))
        raise _TakeBack


def size(tx: Tx) -> int:
    """Bytes."""
    if tx.dialect.name == "sqlite":
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(tx.exec_driver_sql("PRAGMA page_size").scalar_one())
    return int(tx.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def tally(tx: Tx) -> dict[RowState, int]:
    """How many messages are in each state, those with none included."""
    found = letters.tally(tx)
    return {state: found.get(state, 0) for state in RowState}


def oldest(tx: Tx, now: datetime) -> dict[RowState, float]:
    """For each state in which messages wait: seconds since the first of them was due; 0 where none is."""
    row = t.outbox.c
    found = {}
    for state in WAITING:
        due = select(func.min(row.not_before)).where(row.state == state.value, row.not_before <= now)
        first = tx.execute(due).scalar()
        found[state] = (now - first).total_seconds() if first is not None else 0.0
    return found
