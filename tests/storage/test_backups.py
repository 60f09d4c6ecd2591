"""Copies of a database: whole while somebody writes, and old or new whatever happens in between."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from storage.database import Database
from storage.keeping import backups, schema
from storage.opening.unusable import Unusable
from tests.effort import AT_LENGTH
from tests.house.sources import ROOT
from tests.patience import PATIENCE
from tests.storage.killed import names


def says(path: Path, name: str, number: str = "U1") -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO people (workspace, id, name, admin, deactivated, guest, bot, seen_at)"
            " VALUES ('T1', ?, ?, 0, 0, 0, 0, '2026-03-02 09:00:00.000000')",
            (number, name),
        )


def killed(what: str, folder: Path, *more: str, step: int = 1) -> int:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.storage.killed", what, folder, *more],
        cwd=ROOT,
        env={**os.environ, "STEP": str(step)},
        capture_output=True,
        text=True,
        timeout=8 * PATIENCE,  # it is of dozens of children, one after the other
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return int(finished.stdout)


def test_a_backup_has_what_a_running_bot_has_committed(sqlite_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    with closing(Database(f"sqlite:///{sqlite_copy}")) as database, database.write() as tx:
        tx.exec_driver_sql("INSERT INTO vocabularies SELECT 1, 1 WHERE 0")
        backups.back_up(sqlite_copy, target)  # while somebody else writes
    says(sqlite_copy, "Una")
    with closing(sqlite3.connect(sqlite_copy)) as held:
        held.execute("SELECT * FROM people").fetchall()
        says(sqlite_copy, "Ben", "U2")
        assert sqlite_copy.with_name(f"{sqlite_copy.name}-wal").stat().st_size > 0
        backups.back_up(sqlite_copy, target)
    assert names(target) == {"Una", "Ben"}
    assert target.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == ["backup.db"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("program.db", "is the database itself"),
        ("link.db", "is the database itself"),
        (".env", "is no backup of the bot"),
        ("other.db", "is no backup of the bot"),
        ("nowhere/backup.db", "There is no folder"),
        ("folder", "is no backup of the bot"),
        ("in-use.db", "is a database in use"),
    ],
)
def test_nothing_that_is_no_backup_is_written_over(
    sqlite_copy: Path, tmp_path: Path, target: str, words: str
) -> None:
    (tmp_path / "link.db").symlink_to(sqlite_copy)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=\n")
    (tmp_path / "folder").mkdir()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE notes (id)")
    backups.back_up(sqlite_copy, tmp_path / "in-use.db")
    (tmp_path / "in-use.db-wal").touch()
    before = {one: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()}
    with pytest.raises(Unusable, match=words):
        backups.back_up(sqlite_copy, tmp_path / target)
    assert {one: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()} == before


def test_a_damaged_database_makes_no_backup(sqlite_copy: Path, tmp_path: Path) -> None:
    data = bytearray(sqlite_copy.read_bytes())
    data[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    sqlite_copy.write_bytes(data)
    with pytest.raises(Unusable, match="damaged"):
        backups.back_up(sqlite_copy, tmp_path / "backup.db")
    assert not list(tmp_path.glob("backup*"))


def test_a_backup_in_the_making_is_not_taken_by_another(sqlite_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    with backups._partial(target), pytest.raises(Unusable, match=r"making backup\.db just now"):
        backups.back_up(sqlite_copy, target)
    backups.back_up(sqlite_copy, target)
    assert names(target) == set()


def steps_back(path: Path, revision: str) -> None:
    with closing(Database(f"sqlite:///{path}")) as database, database.rebuild() as tx:
        command.downgrade(schema.config(tx), revision)


def upgraded(path: Path) -> None:
    with closing(Database(f"sqlite:///{path}")) as database:
        schema.upgrade(database)


def test_each_migration_leaves_a_copy_from_before_and_the_last_few_are_kept(
    sqlite_copy: Path,
) -> None:
    says(sqlite_copy, "Una")
    upgraded(sqlite_copy)
    assert backups.kept_copies(sqlite_copy) == []
    revisions = ["0022", "0023", "0024", "0025", "0026"]
    for revision in revisions:
        steps_back(sqlite_copy, revision)
        upgraded(sqlite_copy)
    copies = backups.kept_copies(sqlite_copy)
    assert [one.name for one in copies] == [f"program.db.revision-{one}" for one in revisions[:1:-1]]
    with closing(Database(f"sqlite:///{copies[0]}")) as database, database.read() as tx:
        assert schema.revision(tx) == "0026"
    assert names(copies[0]) == {"Una"}


def test_without_room_for_that_copy_nothing_is_migrated(
    sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps_back(sqlite_copy, "0027")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(Unusable, match=r"No space left on device.*left as it was"):
        upgraded(sqlite_copy)
    with closing(Database(f"sqlite:///{sqlite_copy}")) as database, database.read() as tx:
        assert schema.revision(tx) == "0027"


def test_whoever_works_with_the_database_keeps_it(sqlite_copy: Path, tmp_path: Path) -> None:
    backup, kept = tmp_path / "backup.db", tmp_path / "kept.db"
    backups.back_up(sqlite_copy, backup)
    says(sqlite_copy, "Una")
    with closing(sqlite3.connect(sqlite_copy, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM people").fetchall()
        with (
            pytest.raises(Unusable, match="works with the database"),
            backups.prepared(backup, sqlite_copy) as copy,
        ):
            backups.exchange(copy, sqlite_copy, kept)
    assert names(sqlite_copy) == {"Una"}


def test_an_old_copy_that_cannot_be_removed_keeps_nobody_from_starting(
    sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.unlink

    def refuses(path: Path, missing_ok: bool = False) -> None:
        if path.name == "program.db.revision-0026":
            raise PermissionError
        real(path, missing_ok)

    monkeypatch.setattr(backups, "KEPT", 0)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuses)
        made = backups.before_migration(sqlite_copy, "0026")
    assert backups.kept_copies(sqlite_copy) == [made]


def test_a_damaged_database_gives_way_and_is_kept(sqlite_copy: Path, tmp_path: Path) -> None:
    backup, kept = tmp_path / "backup.db", tmp_path / "kept.db"
    backups.back_up(sqlite_copy, backup)
    sqlite_copy.write_bytes(b"no database any more")
    sqlite_copy.with_name("program.db-wal").write_bytes(b"what it had in its log")
    with backups.prepared(backup, sqlite_copy) as copy:
        assert backups.exchange(copy, sqlite_copy, kept)
    assert names(sqlite_copy) == set()
    assert kept.read_bytes() == b"no database any more"
    assert kept.with_name("kept.db-wal").read_bytes() == b"what it had in its log"


@pytest.mark.slow
@pytest.mark.parametrize(("what", "step"), [("backup", 13), ("restore", 60), ("migration", 13)])
def test_a_kill_leaves_the_old_one_or_the_new_one(tmp_path: Path, what: str, step: int) -> None:
    assert killed(what, tmp_path, step=step) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("what", ["backup", "restore", "migration"])
def test_a_kill_at_any_line_leaves_the_old_one_or_the_new_one(tmp_path: Path, what: str) -> None:
    """Of a restore's many lines each fourth one; with more effort, each."""
    assert killed(what, tmp_path, step=4 if what == "restore" and not AT_LENGTH else 1) > 30
