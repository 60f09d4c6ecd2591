"""The commands that keep a database, as an operator meets them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import __main__
from storage.keeping import schema
from storage.opening.single import SingleBot
from tests.storage.killed import filled, names

TOKENS = {"SLACK_BOT_TOKEN": "-".join(("xoxb", "canary")), "SLACK_APP_TOKEN": "-".join(("xapp", "canary"))}


@pytest.fixture
def place(tmp_path: Path, sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database in it, as the one in which the bot is started."""
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sqlite_copy}")
    monkeypatch.chdir(tmp_path)
    filled(sqlite_copy, "Una")
    return sqlite_copy


def test_there_and_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["backup", "copy.db"]) == 0
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("UPDATE people SET name = 'Lost'")
        connection.commit()
    assert __main__.main(["restore", "copy.db"]) == 0
    assert names(place) == {"Una"}
    (kept,) = place.parent.glob("program.db.replaced-*")
    assert names(kept) == {"Lost"}
    said = capsys.readouterr().out
    assert f"of revision {schema.NEWEST}" in said
    assert str(kept) in said
    assert "No message is waiting" in said


def test_a_running_bot_keeps_its_database(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["backup", "copy.db"]) == 0
    lock = SingleBot(place)
    lock.works()
    try:
        assert __main__.main(["restore", "copy.db"]) == 1
        assert __main__.main(["move", "--to", "postgresql://una@nowhere/mentor"]) == 1
        assert __main__.main(["backup", "again.db"]) == 0
    finally:
        lock.release()
    assert capsys.readouterr().err.count("Another bot is running on the database") == 2


def test_a_backup_of_a_newer_version_is_not_put_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["backup", "copy.db"]) == 0
    with closing(sqlite3.connect("copy.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert __main__.main(["restore", "copy.db"]) == 1
    assert "made by a newer version" in capsys.readouterr().err
    assert __main__.main(["check", "copy.db"]) == 1
    assert "made by a newer version" in capsys.readouterr().out
    assert names(place) == {"Una"}


@pytest.mark.parametrize(
    ("plant", "finding"),
    [
        ("", ""),
        (
            "INSERT INTO leads VALUES (7, 'U1', 0)",
            "1 row of leads (program_id) that belong to none of programs",
        ),
    ],
)
def test_the_check_names_what_is_wrong(
    place: Path, capsys: pytest.CaptureFixture[str], plant: str, finding: str
) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(plant or "SELECT 1")
        connection.commit()
    before = place.read_bytes()
    assert __main__.main(["check"]) == (1 if finding else 0)
    assert finding in capsys.readouterr().out
    assert place.read_bytes() == before


def test_a_file_that_is_no_backup_is_named(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.txt").write_text("Call Ben")
    assert __main__.main(["check", "notes.txt"]) == 1
    assert __main__.main(["check", "nowhere.db"]) == 1
    assert __main__.main(["restore", "notes.txt"]) == 1
    told = capsys.readouterr()
    assert "notes.txt is no backup" in told.out
    assert "nowhere.db cannot be read" in told.out
    assert "notes.txt is no SQLite database" in told.err


def test_postgresql_has_commands_of_its_own(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://una:secret@db.example.org/mentor")
    assert __main__.main(["backup", "copy.dump"]) == 1
    assert __main__.main(["restore", "copy.dump"]) == 1
    assert __main__.main(["move", "--to", "postgresql://una@db.example.org/other"]) == 2
    told = capsys.readouterr().err
    assert "pg_dump --format=custom --file=copy.dump --dbname=postgresql://una@db.example.org/mentor" in told
    assert "pg_restore --clean" in told
    assert "secret" not in told
    assert place.exists()


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        __main__.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == "reverse-mentor 0.1.0\n"
