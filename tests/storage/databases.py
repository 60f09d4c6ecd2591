"""Databases for tests, migrated once for a whole run and emptied before each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from storage import schema
from storage.database import Database
from storage.tables import metadata
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture
def sqlite_copy(migrated_file: Path, tmp_path: Path) -> Path:
    """An empty SQLite file of one's own, to do anything with."""
    return Path(shutil.copy(migrated_file, tmp_path / "program.db"))


@pytest.fixture(scope="session")
def migrated_sqlite(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An SQLite database that stays open, so that no test prepares the same statements again."""
    copy = shutil.copy(migrated_file, tmp_path_factory.mktemp("shared") / "program.db")
    database = hasty(Database(f"sqlite:///{copy}"))
    yield database
    database.close()


def hasty(database: Database) -> Database:
    """Let an SQLite database not wait for the disk: nobody pulls the plug on a test."""

    @event.listens_for(database._writer, "connect")
    def hurry(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    return database


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> Iterator[Database]:
    """A PostgreSQL database that stays open too."""
    # Several folders have this fixture, each its own database.
    database = Database(postgres.create_database(f"migrated_{uuid4().hex}"))
    schema.upgrade(database)
    yield database
    database.close()


def empty(database: Database) -> Database:
    """Take everything out, so that numbers begin with 1 again."""
    with database.write() as tx:
        if database.is_sqlite:
            for table in reversed(metadata.sorted_tables):
                tx.execute(table.delete())
        else:
            tables = ", ".join(table.name for table in metadata.sorted_tables)
            tx.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return database


@pytest.fixture
def sqlite(migrated_sqlite: Database) -> Database:
    """An empty SQLite database."""
    return empty(migrated_sqlite)


@pytest.fixture
def postgresql(migrated_postgres: Database) -> Database:
    """An empty PostgreSQL database."""
    return empty(migrated_postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database, once on SQLite and once on PostgreSQL."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Database)
    return found


@pytest.fixture
def neighbor(database: Database) -> Iterator[Database]:
    """The same database as a second process sees it."""
    opened = Database(database.url.render_as_string(hide_password=False))
    yield opened
    opened.close()
