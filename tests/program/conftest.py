"""`office` is a workspace on SQLite; tests about several processes ask for `offices`, on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storage.database import Database
from tests.program.office import INTRO, PASTS, Office


@pytest.fixture(scope="session", autouse=True)
def pasts(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let an office live through once what so many tests begin with."""
    copy = shutil.copy(migrated_file, tmp_path_factory.mktemp("past") / "past.db")
    database = Database(f"sqlite:///{copy}")
    office = Office(database)
    office.proposed()
    PASTS["proposed"] = office.past()
    office.approves(office.pair().id)
    office.delivers()
    PASTS["approved"] = office.past()
    office.at(INTRO)
    PASTS["introduced"] = office.past()
    database.close()


@pytest.fixture
def office(sqlite: Database) -> Office:
    """A workspace without a program yet."""
    return Office(sqlite)


@pytest.fixture
def offices(database: Database, neighbor: Database) -> list[Office]:
    """One workspace through two processes, on SQLite and on PostgreSQL."""
    first = Office(database)
    return [first, first.beside(neighbor)]
