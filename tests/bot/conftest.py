"""What the tests of the process may use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path, migrated_file: Path) -> Iterator[Office]:
    """A program that has been set up, with nothing to deliver yet."""
    shutil.copy(migrated_file, tmp_path / "office.db")
    with open_office(tmp_path) as opened:
        opened.sets_up()
        yield opened
