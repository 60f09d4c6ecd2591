"""From a SQLite file to PostgreSQL: everything or nothing, each row as it was, and numbers that go on."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from storage import tables as t
from storage.database import Database
from storage.keeping import dumps, moving, schema
from storage.opening.unusable import Unusable
from tests.postgres import PostgresServer
from tests.program.office import CHECKIN, Office
from tests.storage.test_backups import killed


@pytest.fixture
def target(postgres: PostgresServer) -> Iterator[Database]:
    """An empty PostgreSQL."""
    with closing(Database(postgres.create_database(f"target_{uuid4().hex}"))) as database:
        yield database


def rows(database: Database, name: str) -> list[tuple[object, ...]]:
    table = t.metadata.tables[name]
    with database.read() as tx:
        return sorted((tuple(row) for row in tx.execute(select(table))), key=repr)


def test_every_row_is_there_and_new_ones_get_new_numbers(sqlite: Database, target: Database) -> None:
    office = Office(sqlite)
    office.introduced()
    office.at(CHECKIN)
    moved = moving.move(sqlite, target)
    assert moved.tables == len(t.metadata.tables)
    assert moved.rows == sum(len(rows(sqlite, name)) for name in t.metadata.tables)
    for name in t.metadata.tables:
        assert rows(target, name) == rows(sqlite, name), name
    with sqlite.read() as old, target.write() as new:
        last = old.execute(select(func.max(t.pairs.c.id))).scalar_one()
        assert new.execute(text("SELECT nextval('pairs_id_seq')")).scalar_one() == last + 1
        assert schema.revision(new) == schema.NEWEST


def test_what_postgresql_does_not_take_is_named_and_nothing_is_moved(
    sqlite: Database, target: Database
) -> None:
    Office(sqlite).introduced()
    with sqlite.write() as tx:
        tx.execute(update(t.programs).values(name="R" * 81))
    with pytest.raises(Unusable, match=r"programs\.name of the row 1"):
        moving.move(sqlite, target)
    with target.read() as tx:
        assert schema.revision(tx) is None


def test_a_database_that_holds_a_program_is_left_alone(sqlite: Database, target: Database) -> None:
    schema.upgrade(target)
    with pytest.raises(Unusable, match="holds tables of the bot already"):
        moving.move(sqlite, target)


def test_a_dump_of_postgresql_is_looked_through(
    target: Database, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.upgrade(target)
    monkeypatch.setenv("PATH", f"{postgres.binaries}:{os.defpath}")
    file = tmp_path / "mentor.dump"
    subprocess.run(shlex.split(dumps.dump_command(target.url.render_as_string(), file)), check=True)
    assert dumps.is_dump(file)
    assert dumps.trouble(file) is None
    file.write_bytes(file.read_bytes()[:-2_000])
    assert dumps.trouble(file) is not None


@pytest.mark.slow
def test_a_kill_moves_everything_or_nothing(tmp_path: Path, postgres: PostgresServer) -> None:
    address = postgres.create_database(f"killed_{uuid4().hex}")
    assert killed("move", tmp_path, address, step=300) > 1
