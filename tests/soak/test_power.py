"""The cuts of logs and of the power find what is damaged or lost, and know where a commit ends."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from tests.soak import power_cut
from tests.soak.power import CUTS, HEADER, _ends, _opens


def files(folder: Path) -> tuple[bytes, bytes]:
    """A database and its log, in which three commits stand."""
    path = folder / "soak.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for word in ("first", "second", "third"):
            connection.execute("INSERT INTO words VALUES (?)", (word,))
        return path.read_bytes(), (folder / "soak.db-wal").read_bytes()


def test_each_commit_is_a_state_of_its_own(tmp_path: Path) -> None:
    data, log = files(tmp_path)
    ends = [end for end, commits in _ends(log) if commits]
    states = [_opens(tmp_path / "copy", data, log[:end]) for end in (HEADER, *ends)]
    assert len(set(states)) == len(states) == 4
    assert not [one for one in states if one.startswith("damaged")]


def test_whatever_is_left_of_a_log_opens_as_the_commit_before_the_cut(tmp_path: Path) -> None:
    data, log = files(tmp_path)
    end = [end for end, _ in _ends(log)][1]
    before = _opens(tmp_path / "copy", data, log[:end])
    for cut in CUTS.values():
        assert _opens(tmp_path / "copy", data, cut(log, end + 7, random.Random(1))) == before


def test_damage_is_seen(tmp_path: Path) -> None:
    data, log = files(tmp_path)
    assert _opens(tmp_path / "copy", data[:4096] + bytes(len(data) - 4096), log[:HEADER]).startswith(
        "damaged"
    )


TRACE = """\
71 pwrite64(3</x/power.db-wal>, "\\x61\\x61", 2, 0) = 2
71 write(1</x/log>, "\\x31\\x0a", 2) = 2
71 fdatasync(3</x/power.db-wal>) = 0
71 pwrite64(3</x/power.db-wal>, "\\x62", 1, 600) = 1
71 ftruncate(3<\\x2f\\x78\\x2f\\x70\\x6f\\x77\\x65\\x72\\x2e\\x64\\x62>, 1) = 0
71 write(1</x/log>, "\\x32\\x0a", 2) = 2
71 fsync(-1) = -1 EBADF (Bad file descriptor)
"""


def test_what_was_not_synced_may_be_lost_and_nothing_else() -> None:
    events = list(power_cut.read(TRACE))
    assert [event.kind for event in events] == [
        "write",
        "acknowledged",
        "sync",
        "write",
        "cut",
        "acknowledged",
    ]
    disk = power_cut.Disk({"power.db": bytearray(b"old")}, defaultdict(list))
    seen = set()
    for event in events:
        disk.sees(event)
    for seed in range(50):
        left = disk.after_a_cut(random.Random(seed))
        assert left["power.db-wal"][:2] == b"aa"
        seen.add((left["power.db"], len(left["power.db-wal"])))
    assert seen == {(b"old", 2), (b"old", 601), (b"o", 2), (b"o", 601)}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="strace tells what was synced")
def test_with_less_syncing_a_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    for synchronous, loses in (("", False), ("NORMAL", True)):
        folder = tmp_path / f"as{synchronous}"
        folder.mkdir()
        before, events = power_cut.traced(folder, 12, synchronous)
        assert bool(power_cut.lost(before, events, 60, 1, folder)) is loses
