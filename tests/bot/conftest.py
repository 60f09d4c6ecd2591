"""What the tests of the process may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.bot.office import Office, open_office


@pytest.fixture
def office(sqlite: Database) -> Iterator[Office]:
    """A program that has been set up, with nothing to deliver yet."""
    with open_office(sqlite) as opened:
        opened.sets_up()
        yield opened
