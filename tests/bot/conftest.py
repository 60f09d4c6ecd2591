"""What the tests of the process may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office


@pytest.fixture
def office(sqlite: Database) -> Iterator[PostOffice]:
    """A program that has been set up, with nothing to deliver yet."""
    with open_post_office(sqlite) as opened:
        opened.sets_up()
        yield opened
