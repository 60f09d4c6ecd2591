"""Reading typed lines."""

from __future__ import annotations

from datetime import date

import pytest

from handlers import words
from handlers.command import COMMANDS
from mentoring.checkins import Answer


@pytest.mark.parametrize(
    ("typed", "word", "rest"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("help", "help", ""),
        ("  HELP  ", "help", ""),
        ("/help", "help", ""),
        ("Pause  2027-01-31", "pause", "2027-01-31"),
        ("decline 12  No common time ", "decline", "12  No common time"),
        ("send again 7", "send-again", "7"),
        ("It  Arrived 7", "it-arrived", "7"),
        ("check in met", "check-in", "met"),
        ("dance", "dance", ""),
    ],
)
def test_the_first_word_is_found(typed: str, word: str, rest: str) -> None:
    assert words.read(typed, COMMANDS) == words.Line(word, rest)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("stauts", "status"), ("aprove", "approve"), ("pasue", "pause"), ("lern", "learn"), ("xyzzy", None)],
)
def test_the_nearest_word_is_suggested(typed: str, meant: str | None) -> None:
    assert words.nearest(typed, [word for word in COMMANDS if word]) == meant


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("12", [12]),
        ("#12, #13 and 12", [12, 13]),
        ("pairs 1 2  3", [1, 2, 3]),
        ("", []),
        ("twelve", []),
        ("99999999999999999999", [0]),
        ("٣", []),
    ],
)
def test_numbers_are_found(typed: str, numbers: list[int]) -> None:
    assert words.numbers(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12", (12, "")),
        ("12 No common time", (12, "No common time")),
        ("#12: 3 levels are too many", (12, "3 levels are too many")),
        ("pair 12, thank you", (12, "thank you")),
        ("because", (0, "because")),
        ("12th floor", (0, "12th floor")),
        ("", (0, "")),
    ],
)
def test_a_leading_number_is_split_from_the_reason(typed: str, found: tuple[int, str]) -> None:
    assert words.numbered(typed) == found


def test_lists_are_split_at_commas() -> None:
    assert words.listed(" video  editing, AI tools,, ") == ["video editing", "AI tools"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("until 2027-01-31", date(2027, 1, 31)),
        ("2027-02-30", None),
        ("next week", None),
        ("", None),
    ],
)
def test_dates_are_read(typed: str, day: date | None) -> None:
    assert words.day(typed) == day


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("met", (Answer.MET, 0)),
        ("We met 12", (Answer.MET, 12)),
        ("PLANNED", (Answer.PLANNED, 0)),
        ("not yet", (Answer.NOT_YET, 0)),
        ("not-yet 3", (Answer.NOT_YET, 3)),
        ("3 Not Yet", (Answer.NOT_YET, 3)),
        ("I need help", (Answer.HELP, 0)),
        ("met pair 12", (Answer.MET, 12)),
        ("maybe", (None, 0)),
        ("", (None, 0)),
    ],
)
def test_check_in_answers_are_read(typed: str, given: tuple[Answer | None, int]) -> None:
    assert words.checkin(typed) == given
