"""Whether a database still has what the migrations made in it: tables, columns, indexes, constraints, triggers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Inspector, Table, UniqueConstraint, inspect, text

from storage import tables as t
from storage.database import Tx

TRIGGERS: Final = {
    "sqlite": ("audit_no_update", "audit_no_delete"),
    "postgresql": ("audit_stays", "audit_is_not_emptied"),
}
"""What keeps the audit log from being changed; migrations made them, and no table of ours names them."""

_TRIGGERS_THERE: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # One that is switched off is none.
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgenabled <> 'D'"
        " AND c.relnamespace = current_schema()::regnamespace"
    ),
}


def missing(tx: Tx) -> Iterator[str]:
    """What a database of the newest revision lacks, as `the table pairs`; nothing where nobody took anything away."""
    looking = inspect(tx)
    there = set(looking.get_table_names())
    for table in t.metadata.sorted_tables:
        if table.name in there:
            yield from _of_table(looking, table)
        else:
            yield f"the table {table.name}"
    triggers = set(tx.execute(text(_TRIGGERS_THERE[tx.dialect.name])).scalars())
    yield from (f"the trigger {one}" for one in TRIGGERS[tx.dialect.name] if one not in triggers)


def _of_table(looking: Inspector, table: Table) -> Iterator[str]:
    columns = {one["name"] for one in looking.get_columns(table.name)}
    yield from (f"the column {table.name}.{one.name}" for one in table.columns if one.name not in columns)
    indexes = {one["name"] for one in looking.get_indexes(table.name)}
    yield from (f"the index {name}" for one in table.indexes if (name := str(one.name)) not in indexes)
    unique = {frozenset(one["column_names"]) for one in looking.get_unique_constraints(table.name)}
    for one in table.constraints:
        if isinstance(one, UniqueConstraint) and frozenset(one.columns.keys()) not in unique:
            yield f"the constraint {one.name}"
