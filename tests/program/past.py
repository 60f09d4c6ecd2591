"""What an office has lived through: kept once, and given to others that would have to live through the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from mentoring.messages import Content
from storage.database import Database
from storage.tables import metadata

Rows = dict[str, list[tuple[Any, ...]]]
TABLES = [*(table.name for table in metadata.sorted_tables), "sqlite_sequence"]


@dataclass(frozen=True)
class Past:
    """What is stored, what came onto screens, and what time it is."""

    rows: Rows
    time: datetime
    said: Sequence[Any]
    on_screen: dict[int, Content]
    posts: int
    woken: int


def stored(database: Database) -> Rows:
    """All rows of an SQLite database, by table."""
    with database.read() as tx:
        driver = _driver(tx.connection.driver_connection)
        return {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}  # noqa: S608 - our own tables


def store(database: Database, rows: Rows) -> None:
    """Put them into one that is empty."""
    with database.write() as tx:
        driver = _driver(tx.connection.driver_connection)
        for name, found in ((name, rows[name]) for name in TABLES if rows[name]):
            if name == "sqlite_sequence":
                driver.execute("DELETE FROM sqlite_sequence")  # what the rows before have counted
            marks = ", ".join("?" * len(found[0]))
            driver.executemany(f"INSERT INTO {name} VALUES ({marks})", found)  # noqa: S608 - our own tables


def is_empty(database: Database) -> bool:
    """Whether nobody was ever in this database; False for PostgreSQL, into which nothing is put."""
    if not database.is_sqlite:
        return False
    with database.read() as tx:
        return not tx.execute(text("SELECT count(*) FROM sqlite_sequence")).scalar_one() and not any(
            tx.execute(text(f"SELECT EXISTS (SELECT 1 FROM {name})")).scalar_one()  # noqa: S608 - our own tables
            for name in ("people", "programs", "outbox")
        )


def _driver(found: object) -> sqlite3.Connection:
    assert isinstance(found, sqlite3.Connection)
    return found
