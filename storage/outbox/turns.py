"""Whose turn it is to do what only one of several processes is to do; by the database's clock, which they share."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, text

from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_for


def take(tx: Tx, name: str, owner: str, lasts: timedelta) -> bool:
    """Take a turn, or keep it, for that long from now; not while another owner has it. PostgreSQL only."""
    now = func.clock_timestamp()
    until = now + text(f"interval '{lasts // timedelta(microseconds=1)} microseconds'")
    insert = insert_for(tx, t.turns).values(name=name, owner=owner, until=until)
    mine_or_over = (t.turns.c.owner == owner) | (t.turns.c.until < now)
    # A row that comes back was written; PostgreSQL's driver does not count rows here.
    taken = insert.on_conflict_do_update(
        index_elements=[t.turns.c.name], set_={"owner": owner, "until": until}, where=mine_or_over
    )
    return tx.execute(taken.returning(t.turns.c.name)).first() is not None


def end(tx: Tx, name: str, owner: str) -> None:
    """Give a turn back before it is over."""
    tx.execute(delete(t.turns).where(t.turns.c.name == name, t.turns.c.owner == owner))
