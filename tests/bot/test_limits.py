"""What a machine may lack, and why Slack refuses: each has its sentence, and blames nobody else."""

from __future__ import annotations

import errno
import fcntl
import resource
import threading
from pathlib import Path
from urllib.error import URLError

import pytest

from bot import limits, slack_causes
from bot.slack.errors import KIND_OF_ERROR, PASSING, Failure, FailureKind
from storage.keeping import backups
from storage.opening.single import SingleBot
from storage.opening.unusable import Unusable


def test_this_machine_gives_enough() -> None:
    assert limits.trouble() == ""


def test_as_many_files_as_may_be_had_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    have = [64, 64_000]
    monkeypatch.setattr(resource, "getrlimit", lambda _which: tuple(have))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, given: have.__setitem__(slice(None), given))
    assert limits.trouble() == ""
    assert have == [limits.ENOUGH_FILES, 64_000]


def test_too_few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (64, 64))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    assert limits.trouble() == limits.FILES


def test_too_few_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading, "Thread", Refused)
    assert limits.trouble() == limits.THREADS


def test_what_is_behind_an_error_is_found() -> None:
    problem = ValueError("no database")
    problem.__context__ = OSError(errno.EMFILE, "Too many open files")
    assert limits.of(problem) == limits.FILES
    assert limits.of(URLError("canary")) == ""


@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO], ids=lambda one: errno.errorcode[one]
)
def test_a_disk_that_keeps_no_locks(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else has the lock, and nobody is blamed for having it."""

    def refuses(*_: object) -> None:
        raise OSError(number, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuses)
    (tmp_path / "mentor.db").touch()
    for take in (
        lambda: SingleBot(tmp_path / "mentor.db"),
        lambda: backups.back_up(tmp_path / "mentor.db", tmp_path / "copy.db"),
    ):
        with pytest.raises(Unusable, match=f"The disk of {tmp_path} keeps no locks .No locks available."):
            take()


@pytest.mark.parametrize("token", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
@pytest.mark.parametrize("error", [*sorted(KIND_OF_ERROR), "an_error_of_next_year"])
def test_a_token_is_blamed_for_its_own_faults_alone(token: slack_causes.Token, error: str) -> None:
    """Nothing is promised of a bot that ends: not that it goes on by itself, and not that it looks again."""
    failure = Failure(KIND_OF_ERROR.get(error, FailureKind.UNKNOWN), error)
    if slack_causes.is_unreached(failure):
        assert failure.kind in PASSING
        return
    told = slack_causes.what_to_check(failure, token)
    own = failure.kind is FailureKind.DEAD_TOKEN or error in {"missing_scope", "not_allowed_token_type"}
    assert (f"Check {token}." in told) == own
    assert "The bot" not in told
    assert "goes on" not in told
