"""Commands that are broken off, or given what they cannot use: each ends in a sentence, and without a traceback."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from errno import EMFILE, ENOSPC
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import __main__, limits
from bot.commands import broken_off
from tests.bot.process import ROOT
from tests.patience import PATIENCE
from tests.storage.killed import filled, names

TOKENS = {"SLACK_BOT_TOKEN": "-".join(("xoxb", "canary")), "SLACK_APP_TOKEN": "-".join(("xapp", "canary"))}


@pytest.fixture
def place(tmp_path: Path, sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a bot was started, which has its database, a folder, and links that lead nowhere good."""
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'mentor.db'}")
    # Nobody is asked: whatever needs Slack says that it cannot be reached.
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    monkeypatch.chdir(tmp_path)
    sqlite_copy.rename(tmp_path / "mentor.db")
    filled(tmp_path / "mentor.db", "Una")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.db").symlink_to("loop.db")
    (tmp_path / "itself.db").symlink_to("mentor.db")
    (tmp_path / "nowhere.db").symlink_to("gone.db")
    return tmp_path


def raises(problem: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise problem

    return work


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (BrokenPipeError(), 0, ""),
        (FileNotFoundError(2, "No such file or directory", "people.csv"), 1, "people.csv: No such file"),
        (OSError(EMFILE, "Too many open files"), 1, limits.FILES),
        (RuntimeError("can't start new thread"), 1, limits.THREADS),
        (MemoryError(), 1, limits.THREADS),
        (
            OperationalError("SELECT 'canary'", {}, Exception("canary")),
            1,
            "There is no folder /nowhere for the database",
        ),
        (ZeroDivisionError("canary"), 1, "an error of its own (ZeroDivisionError)."),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, BaseException) else None,
)
def test_each_cause_has_its_sentence(
    problem: BaseException, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert broken_off.in_words(raises(problem), "sqlite:////nowhere/mentor.db") == status
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == bool(words)
    assert "canary" not in told
    assert "Traceback" not in told


@pytest.mark.sampled(3)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["check", "--help", "health"])
@pytest.mark.parametrize("how", ["> /dev/full", "| true", ">&-"])
def test_a_result_that_nobody_can_read(place: Path, command: str, how: str) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m bot {command} {how}"],
        cwd=place,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "DATABASE_URL": f"sqlite:///{place}/mentor.db",
            **TOKENS,
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if "full" in how and command != "--help":
        assert ended.returncode == 1
        assert ended.stderr == "The result cannot be written (No space left on device).\n"
    elif (how, command) != (">&-", "--help"):  # argparse then writes to where errors go
        assert ended.stderr == ""


def test_what_is_printed_is_told_from_what_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full:
        def flush(self) -> None:
            raise OSError(ENOSPC, "No space left on device")

        def fileno(self) -> int:
            raise ValueError

    monkeypatch.setattr(sys, "stdout", Full())
    assert broken_off.in_words(lambda: 0) == 1
    assert capsys.readouterr().err == "The result cannot be written (No space left on device).\n"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    ended = subprocess.run(
        ["sh", "-c", f"rmdir {tmp_path}/gone; exec {shlex.quote(sys.executable)} -m bot check"],
        cwd=tmp_path / "gone",
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **TOKENS},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 1
    assert (
        ended.stderr == "The folder in which this was started is not there any more. Start it in another.\n"
    )


LINES = {
    "backup folder": (1, "folder is there already"),
    "backup ''": (1, "is there already"),
    "backup nowhere/x.db": (1, "There is no folder"),
    "backup mentor.db": (1, "is the database itself"),
    "backup folder/../mentor.db": (1, "is the database itself"),
    "backup itself.db": (1, "is the database itself"),
    "backup loop.db": (1, "is no backup of the bot"),
    "backup nowhere.db": (1, "is no backup of the bot"),
    "backup mentor.db-wal": (1, "is no name for a backup"),
    "backup mentor.db-shm": (1, "is no name for a backup"),
    "backup folder/../mentor.db.lock": (1, "is no name for a backup"),
    "backup copy.db.partial": (1, "is no name for a backup"),
    "backup -": (1, "is no name for a backup"),
    "backup /dev/null": (1, "is no backup of the bot"),
    f"backup {'x' * 300}": (1, "File name too long"),
    "restore folder": (1, "There is no file folder"),
    "restore loop.db": (1, "There is no file loop.db"),
    "restore nowhere.db": (1, "There is no file nowhere.db"),
    "restore itself.db": (1, "is the database itself"),
    "restore /dev/null": (1, "There is no file /dev/null"),
    "check folder": (1, "Is a directory"),
    "check loop.db": (1, "Too many levels"),
    "check /dev/null": (1, "is no backup"),
    "move --to ''": (2, "--to is empty"),
    "move --to x": (2, "--to is not an address"),
    "move --to sqlite:///y.db": (2, "--to names a SQLite file"),
    "move --to mysql://u:canary@h/d": (2, "--to is not an address"),
    "move --to postgresql://u:canary@127.0.0.1:1/d": (1, "correct host and port in --to"),
    "move --to postgresql://u:canary@no-such-host.invalid/d": (1, "Check the name in --to"),
    "rehearse --csv folder": (2, "is not a file that can be replaced"),
    "rehearse": (1, "no mentoring program here yet"),
    "report": (1, "no mentoring program here yet"),
    "report --out x.pdf": (2, "x.pdf: a report is written as"),
    "audit export --from 2027-01-02 --to 2027-01-01": (2, "is before --from"),
    "audit export --from 0001-01-01 --to 9999-12-31": (0, "at,program,who"),
    "audit erase x": (2, "is no Slack id"),
    "audit export --out folder": (2, "is not a file that can be replaced"),
    "people export": (1, "cannot be reached"),
    "health": (1, "HEALTH_PORT is not set"),
}


@pytest.mark.parametrize("line", LINES)
def test_what_is_given_and_cannot_be_used(place: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = LINES[line]
    assert __main__.main(shlex.split(line)) == status
    told = capsys.readouterr()
    assert words in told.out + told.err
    assert "canary" not in told.out + told.err
    assert "an error of its own" not in told.err
    assert names(place / "mentor.db") == {"Una"}


@pytest.mark.parametrize(
    "line", ["audit export", "people export", "report", "restored", "rehearse", "check", "backup x"]
)
def test_no_command_makes_a_database(place: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "mentor.db").unlink()
    assert __main__.main(shlex.split(line)) == 1
    told = capsys.readouterr()
    assert f"There is no database at {place / 'mentor.db'}." in told.out + told.err
    assert not (place / "mentor.db").exists()
