"""`office` is a workspace on SQLite; tests about several processes ask for `offices`, on both databases."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.program.office import Office


@pytest.fixture
def office(sqlite: Database) -> Office:
    """A workspace without a program yet."""
    return Office(sqlite)


@pytest.fixture
def offices(database: Database, neighbor: Database) -> list[Office]:
    """One workspace through two processes, on SQLite and on PostgreSQL."""
    first = Office(database)
    return [first, first.beside(neighbor)]
