"""Taking everything from a SQLite file to an empty PostgreSQL, in one transaction that is compared before its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from sqlalchemy import (
    Column,
    CursorResult,
    Integer,
    Select,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)

from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema
from storage.opening import causes
from storage.opening.unusable import Cause, Unusable

AT_ONCE: Final = 1_000
"""Rows that are in memory at once."""

_IN_PIECES: Final = {"yield_per": AT_ONCE}


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of how many tables were taken, each of which was compared."""

    rows: int
    tables: int


def move(source: Database, target: Database) -> Moved:
    """Take everything over, or nothing. Raises `Unusable`, and whatever a driver raises."""
    with source.read() as old, target.rebuild() as new:
        _check_empty(new, target)
        schema.migrate(new)
        moved = [_table(old, new, table) for table in t.metadata.sorted_tables]
        for table in t.metadata.sorted_tables:
            _compare(old, new, table)
            _go_on_counting(old, new, table)
        return Moved(sum(moved), len(moved))


def _check_empty(new: Tx, target: Database) -> None:
    taken = set(inspect(new).get_table_names()) & {*t.metadata.tables, "alembic_version"}
    if taken:
        some = ", ".join(sorted(taken)[:3])
        raise Unusable(
            Cause(
                f"The database {causes.named(target.url)} holds tables of the bot already ({some}).",
                "Name an empty one; that one was left as it is.",
            )
        )


def _table(old: Tx, new: Tx, table: Table) -> int:
    number = 0
    with old.execute(select(table), execution_options=_IN_PIECES) as rows:
        for some in rows.mappings().partitions(AT_ONCE):
            found = [dict(row) for row in some]
            for row in found:
                _check_fit(table, row)
            new.execute(insert(table), found)
            number += len(found)
    return number


def _check_fit(table: Table, row: Mapping[str, Any]) -> None:
    """PostgreSQL keeps to the length of a column and has no NUL in a text, where SQLite takes anything."""
    for column in table.columns:
        value = row[column.name]
        if not isinstance(column.type, String) or not isinstance(value, str):
            continue
        longest = column.type.length
        if "\x00" in value or (longest is not None and len(value) > longest):
            key = ", ".join(str(row[one.name]) for one in table.primary_key)
            raise Unusable(
                Cause(
                    f"PostgreSQL does not take {table.name}.{column.name} of the row {key}: it is longer than "
                    f"{longest} characters, or has a NUL in it.",
                    "Nothing was moved. Mend that row first.",
                )
            )


def _compare(old: Tx, new: Tx, table: Table) -> None:
    with _in_order(old, table) as before, _in_order(new, table) as after:
        same = all(
            left is not None and right is not None and tuple(left) == tuple(right)
            for left, right in zip_longest(before, after)
        )
    if not same:
        raise Unusable(
            Cause(
                f"The table {table.name} did not come over as it was.",
                "Nothing was moved. Please report it, with what `check` says about the old database.",
            )
        )


def _in_order(tx: Tx, table: Table) -> CursorResult[Any]:
    query: Select[Any] = select(table).order_by(*(_sorted(tx, column) for column in table.primary_key))
    return tx.execute(query, execution_options=_IN_PIECES)


def _sorted(tx: Tx, column: Column[Any]) -> Any:
    """SQLite sorts texts by their bytes, PostgreSQL as a language does unless it is told."""
    by_bytes = isinstance(column.type, String) and tx.dialect.name != "sqlite"
    return column.collate("C") if by_bytes else column


def _go_on_counting(old: Tx, new: Tx, table: Table) -> None:
    """Let new rows have numbers that no row had before, deleted ones included."""
    column = table.autoincrement_column
    if column is None or not isinstance(column.type, Integer):
        return
    last = old.execute(select(func.max(column))).scalar_one() or 0
    if inspect(old).has_table("sqlite_sequence"):
        counted = old.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        )
        last = max(last, counted.scalar_one_or_none() or 0)
    if last:
        name = new.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar_one()
        new.execute(select(func.setval(name, last)))
