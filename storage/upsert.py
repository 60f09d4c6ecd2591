"""INSERT with a conflict clause, in the dialect of the database at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Tx


def insert_for(tx: Tx, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The INSERT that can say ON CONFLICT; both databases write it alike, SQLAlchemy keeps one class for each."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def insert_once(tx: Tx, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique key has it already; tells whether it was inserted."""
    statement = insert_for(tx, table).values(dict(values)).on_conflict_do_nothing()
    # A row that comes back was inserted; PostgreSQL's driver does not count rows here.
    return tx.execute(statement.returning(*table.primary_key)).first() is not None


def upsert(tx: Tx, table: Table, keys: Sequence[str], values: Mapping[str, Any]) -> None:
    """Insert a row, or bring the one with the same keys up to date."""
    statement = insert_for(tx, table).values(dict(values))
    changed = {name: statement.excluded[name] for name in values if name not in keys}
    tx.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed))
