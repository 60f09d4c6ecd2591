"""The cuts of logs find what is damaged, and know where a commit ends."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

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
