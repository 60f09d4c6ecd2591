"""INSERT with a conflict clause, in the dialect of the database at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.sql.dml import ReturningInsert

from storage.database import Tx

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    Insert = sqlite.Insert | postgresql.Insert


def insert_for(tx: Tx, table: Table) -> Insert:
    """The INSERT that can say ON CONFLICT; both databases write it alike, SQLAlchemy keeps one class for each."""
    return _insert(tx.dialect.name, table)


def insert_once(tx: Tx, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique key has it already; tells whether it was inserted."""
    # A row that comes back was inserted; PostgreSQL's driver does not count rows here.
    return tx.execute(_insert_once(tx.dialect.name, table), dict(values)).first() is not None


def insert_new(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Insert those rows that no unique key has already; tells whether any was inserted."""
    return tx.execute(_insert_once(tx.dialect.name, table), list(map(dict, rows))).first() is not None


def upsert(tx: Tx, table: Table, keys: Sequence[str], values: Mapping[str, Any]) -> None:
    """Insert a row, or bring the one with the same keys up to date."""
    tx.execute(_upsert(tx.dialect.name, table, tuple(keys), tuple(values)), dict(values))


def upsert_all(tx: Tx, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for several rows, all with values for the same columns, and no two of them with the same keys."""
    if not rows:
        return
    names = tuple(rows[0])
    if tx.dialect.name == "sqlite":
        tx.execute(_upsert("sqlite", table, tuple(keys), names), list(map(dict, rows)))
    else:
        columns = {name: [row[name] for row in rows] for name in names}
        tx.execute(_upsert_columns(table, tuple(keys), names), columns)


def _insert(dialect: str, table: Table) -> Insert:
    # Whoever uses one database loads nothing for the other.
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


# Built once for each table.
@cache
def _insert_once(dialect: str, table: Table) -> ReturningInsert[Any]:
    return _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _upsert(dialect: str, table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    return _or_change(_insert(dialect, table), keys, names)


@cache
def _upsert_columns(table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    """An upsert on PostgreSQL of many rows, each column of which is one parameter.

    A parameter for each value would be thousands, which take its driver longer to name than the server to store.
    """
    from sqlalchemy.dialects import postgresql

    columns = (
        func.unnest(bindparam(name, type_=postgresql.ARRAY(table.c[name].type))).label(name) for name in names
    )
    return _or_change(postgresql.insert(table).from_select(names, select(*columns)), keys, names)


def _or_change(statement: Insert, keys: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
