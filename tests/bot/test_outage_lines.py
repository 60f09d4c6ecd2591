"""A database that is down: one line at first, one a minute, one when it is back, whoever meets the outage."""

from __future__ import annotations

import logging
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.monitoring.outage_lines import EVERY, OutageFilter
from storage.opening.causes import Strayed


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def locked() -> OperationalError:
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("UPDATE outbox", {}, cause)


def a_record(error: Exception | None = None, level: int = logging.ERROR, **more: object) -> logging.LogRecord:
    try:
        if error is not None:
            raise error
    except Exception:  # noqa: BLE001 - it is what the record is about
        found = sys.exc_info()
    else:
        found = (None, None, None)
    record = logging.LogRecord("x", level, "", 0, "it failed", (), found if error is not None else None)
    record.__dict__.update(more)
    return record


def test_many_lines_become_one_a_minute() -> None:
    clock = Hand()
    gate = OutageFilter(clock)
    first, again, late = a_record(locked()), a_record(outage=True, level=logging.WARNING), a_record(locked())
    assert gate.filter(first)
    assert "does not answer (OperationalError)" in first.getMessage()
    assert first.exc_info is None
    assert not gate.filter(again)
    assert not gate.filter(a_record(locked()))
    clock.time += EVERY
    assert gate.filter(late)
    assert late.getMessage() == (
        "The database has not answered for 60 seconds (OperationalError); 2 lines about it were left out"
    )


def test_a_file_that_lost_its_name_is_named() -> None:
    line = a_record(Strayed(Path("/srv/mentor.db")), level=logging.WARNING, outage=True)
    assert OutageFilter(Hand()).filter(line)
    assert "(The database /srv/mentor.db was moved, removed or replaced" in line.getMessage()
    assert "Put it back under its name" in line.getMessage()


def test_everything_else_passes_meanwhile() -> None:
    gate = OutageFilter(Hand())
    gate.filter(a_record(locked()))
    other = a_record(ValueError("x"))
    assert gate.filter(other)
    assert other.getMessage() == "it failed"
    assert gate.filter(a_record(locked(), level=logging.DEBUG))


def test_the_end_of_it_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    clock = Hand()
    gate = OutageFilter(clock)
    gate.over()
    gate.filter(a_record(locked()))
    gate.over()
    clock.time += 75
    gate.over()
    gate.over()
    assert [one.getMessage() for one in caplog.records] == ["The database is back again, after 75 seconds"]
    assert gate.filter(a_record(locked())), "another outage is told at once"
