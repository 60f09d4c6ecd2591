"""One bot on a file, by whatever path it is opened: links of both sorts, and a file that is mounted alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.opening import files
from storage.opening.single import SingleBot
from storage.opening.unusable import Unusable


@pytest.fixture
def database(tmp_path: Path) -> Path:
    place = tmp_path / "a place" / "bot.db"
    place.parent.mkdir()
    place.write_bytes(b"SQLite format 3\x00")
    return place


def test_by_a_symbolic_link_it_is_the_same_file(database: Path, tmp_path: Path) -> None:
    link, folder = tmp_path / "link.db", tmp_path / "folder"
    link.symlink_to(database)
    folder.symlink_to(database.parent)
    lock = SingleBot(database)
    lock.works()
    for other in (link, folder / "bot.db"):
        assert files.trouble(other) is None
        with pytest.raises(Unusable, match="Another bot is running"):
            SingleBot(other)
    lock.release()


def test_by_a_hard_link_nobody_begins(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    os.link(database, other)
    for one in (database, other):
        found = files.trouble(one)
        assert found is not None
        assert found[0].startswith(f"{one} is one of 2 names of the same file")
    other.unlink()
    assert files.trouble(database) is None


def test_what_a_killed_restore_left_is_no_second_name(database: Path) -> None:
    os.link(database, database.with_name(f"{database.name}{files.REPLACED}20270101T000000Z"))
    assert files.trouble(database) is None


def test_a_file_that_is_mounted_alone(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "mountinfo"
    monkeypatch.setattr(files, "_MOUNTS", told)
    assert files.trouble(database) is None, "the system does not tell"
    line = "36 35 98:0 /host/bot.db {place} rw,noatime - ext4 /dev/root rw\n"
    told.write_text(line.format(place=str(database.parent).replace(" ", r"\040")))
    assert files.trouble(database) is None, "its folder is mounted"
    told.write_text(line.format(place=str(database).replace(" ", r"\040")))
    found = files.trouble(database)
    assert found is not None
    assert "is mounted as a single file" in found[0]
    assert found[1] == "Mount its folder instead."
