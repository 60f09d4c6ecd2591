"""A file that loses its name while it is in use: nothing is saved to what nobody could find again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from program import outages
from storage.database import Database
from storage.opening.causes import Strayed
from tests.storage.killed import filled, names


def removed(place: Path) -> Path:
    return place.replace(place.with_name("elsewhere.db"))


def folder_moved(place: Path) -> Path:
    return place.parent.rename(place.parent.with_name("elsewhere")) / place.name


def replaced(place: Path) -> Path:
    """By a copy that looks the same."""
    kept = place.with_name("elsewhere.db")
    os.link(place, kept)
    shutil.copy(kept, place.with_name("copy.db"))
    place.with_name("copy.db").replace(place)
    return kept


WAYS = (removed, folder_moved, replaced)


@pytest.fixture
def database(sqlite_copy: Path) -> Iterator[Database]:
    """A database that is in use, in a folder that can be moved."""
    folder = sqlite_copy.parent / "folder"
    folder.mkdir()
    place = sqlite_copy.rename(folder / "mentor.db")
    filled(place, "Una")
    database = Database(f"sqlite:///{place}")
    _renames(database, "Una")
    yield database
    database.close()


def _renames(database: Database, name: str) -> None:
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE people SET name = ?", (name,))


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_saved_and_then_it_is_back(database: Database, way: Callable[[Path], Path]) -> None:
    place = database.file
    assert place is not None
    kept = way(place)
    for use in (database.write, database.read):
        with pytest.raises(Strayed) as told, use():
            pytest.fail("it is used all the same")
        assert str(place) in str(told.value)
        assert outages.is_outage(told.value), (
            "people read that it will work later, and the log has a line a minute"
        )
    place.parent.mkdir(exist_ok=True)
    kept.replace(place)
    _renames(database, "Ben")
    database.close()
    assert names(place) == {"Ben"}
