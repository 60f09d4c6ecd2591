"""The command `rehearse`: a list of every message, and words for what stands in its way."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from bot import command_line
from bot.commands.rehearse import COLUMNS
from storage.database import Database
from storage.keeping import schema
from tests import any_day
from tests.harness import Clock
from tests.program.office import HOME, Office


@pytest.mark.slow
def test_every_message_is_a_line(
    database_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{database_path}")
    schema.upgrade(database)
    starts = any_day.today(HOME).isoformat()
    office = Office(database, clock=Clock(any_day.now()))
    office.sets_up(first_start=starts, working_days=any_day.EVERY_DAY)
    office.couple()
    database.close()
    assert command_line.main(["rehearse", "--weeks", "2"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    assert {"UMENTOR1", "UMENTEE1"} <= {row["people"] for row in rows if row["message"] == "welcome"}
    file = tmp_path / "coming.csv"
    assert command_line.main(["rehearse", "--weeks", "2", "--silent", "--csv", str(file)]) == 0
    assert "messages until" in capsys.readouterr().out
    assert file.read_text("utf-8").startswith(",".join(COLUMNS))


def test_without_a_database_nothing_is_made(database_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["rehearse"]) == 1
    assert "There is no database at" in capsys.readouterr().err
    assert not database_path.exists()


def test_without_a_program_there_is_nothing_to_rehearse(
    database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{database_path}")
    database.close()
    database_path.touch()
    assert command_line.main(["rehearse"]) == 1
    assert "Start the bot of this version once" in capsys.readouterr().err
    schema.upgrade(database)
    database.close()
    assert command_line.main(["rehearse"]) == 1
    assert "no mentoring program" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["rehearse", "restored"])
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(
    database_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    database_path.write_text("This is a letter and no database at all.\n" * 100)
    assert command_line.main([command]) == 1
    assert f"{database_path} is no SQLite database." in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told_before_the_work(
    database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["rehearse", "--csv", str(database_path / "no" / "coming.csv")]) == 2
    assert "coming.csv" in capsys.readouterr().err
