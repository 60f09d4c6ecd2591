"""Tracebacks: the code and the kinds stay, and what exceptions say stays only where it is about code and tables."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from bot.monitoring.tracebacks import without_words

TYPED = "whispered"


def raised(error: Exception, cause: Exception | None = None) -> str:
    try:
        raise error from cause
    except type(error) as found:
        return without_words(found)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(TYPED),
        KeyError(TYPED),
        RuntimeError(f"no {TYPED}"),
        UnicodeEncodeError("ascii", TYPED, 0, 1, TYPED),
        IntegrityError("INSERT", {}, Exception(f"Key (name)=({TYPED}) exists")),
        DataError("INSERT", {}, Exception(f"invalid input: {TYPED}")),
        OperationalError("INSERT", {}, Exception(f"disk full\nDETAIL: row ({TYPED})")),
    ],
)
def test_what_people_typed_is_left_out(error: Exception) -> None:
    told = raised(error, ValueError(TYPED))
    assert TYPED not in told
    assert type(error).__name__ in told
    assert told.count("Traceback (most recent call last)") == 1
    assert "direct cause" in told


def test_what_is_about_code_and_tables_stays() -> None:
    locked = OperationalError("UPDATE", {}, sqlite3.OperationalError("database is locked"))
    assert raised(locked).endswith("OperationalError: database is locked")
    assert "No such file" in raised(FileNotFoundError(2, "No such file", "x"))
    assert raised(AttributeError("no attribute y")).endswith("AttributeError: no attribute y")


def test_a_circle_of_causes_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert without_words(one).count("ValueError") == 1
