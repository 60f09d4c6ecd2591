"""Reading days as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers import dates
from mentoring.cadence import WEEKDAYS
from mentoring.days import MONTHS, full_day

MONDAY = date(2026, 11, 2)
WEDNESDAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("until 2027-01-31", date(2027, 1, 31)),
        ("2027/1/31", date(2027, 1, 31)),
        ("2027\u201301\u201331.", date(2027, 1, 31)),
        ("20270131", date(2027, 1, 31)),
        ("31.01.2027", date(2027, 1, 31)),
        ("31.1.27", date(2027, 1, 31)),
        ("31.1.", date(2027, 1, 31)),
        ("03.04.2027", date(2027, 4, 3)),
        ("31/01/2027", date(2027, 1, 31)),
        ("1/31/2027", date(2027, 1, 31)),
        ("31-01-2027", date(2027, 1, 31)),
        ("3/3/2027", date(2027, 3, 3)),
        ("1/31", date(2027, 1, 31)),
        ("Jan 31", date(2027, 1, 31)),
        ("January 31st, 2027", date(2027, 1, 31)),
        ("31 January", date(2027, 1, 31)),
        ("the 31st of Jan. 2027", date(2027, 1, 31)),
        ("31-Jan-2027", date(2027, 1, 31)),
        ("Sunday, January 31, 2027", date(2027, 1, 31)),
        ("Sun 31.01.2027", date(2027, 1, 31)),
        ("Saturday 03/04/2027", date(2027, 4, 3)),
        ("Sept 5", date(2027, 9, 5)),
        ("December 1", date(2026, 12, 1)),
        ("Nov 2", MONDAY),
        ("Nov 1", date(2027, 11, 1)),
        ("2 weeks", date(2026, 11, 16)),
        ("for two weeks", date(2026, 11, 16)),
        ("for the next 3 weeks please", date(2026, 11, 23)),
        ("a week", date(2026, 11, 9)),
        ("a fortnight", date(2026, 11, 16)),
        ("10 days from now", date(2026, 11, 12)),
        ("in a month", date(2026, 12, 2)),
        ("3 months", date(2027, 2, 2)),
        ("half a year", date(2027, 5, 2)),
        ("a couple of weeks", date(2026, 11, 16)),
        ("2w", date(2026, 11, 16)),
        ("until Friday", date(2026, 11, 6)),
        ("until fri.", date(2026, 11, 6)),
        ("this Friday", date(2026, 11, 6)),
        ("Monday", date(2026, 11, 9)),
        ("till next monday", date(2026, 11, 9)),
        ("Friday next week", date(2026, 11, 13)),
        ("tomorrow", date(2026, 11, 3)),
        ("the day after tomorrow", date(2026, 11, 4)),
        ("end of month", date(2026, 11, 30)),
        ("until the end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of January", date(2027, 1, 31)),
        ("end of the year", date(2026, 12, 31)),
        ("next week", date(2026, 11, 9)),
        ("next month", date(2026, 12, 1)),
        ("January", date(2027, 1, 1)),
        ("the 15th", date(2026, 11, 15)),
        ("the 1st", date(2026, 12, 1)),
        ("Feb 29", date(2028, 2, 29)),
        ("today", MONDAY),
        ("Sun, Jan 31", date(2027, 1, 31)),
        ("31-Jan", date(2027, 1, 31)),
        ("31-Jan-27", date(2027, 1, 31)),
        ("31 jan 27", date(2027, 1, 31)),
        ("Jan 31 \u201927", date(2027, 1, 31)),
        ("Jan31", date(2027, 1, 31)),
        ("January first", date(2027, 1, 1)),
        ("the first of next month", date(2026, 12, 1)),
        ("mid-January", date(2027, 1, 15)),
        ("the middle of January", date(2027, 1, 15)),
        ("beginning of February", date(2027, 2, 1)),
        ("early March", date(2027, 3, 1)),
        ("in 3 weeks\u2019 time", date(2026, 11, 23)),
        ("fourteen days", date(2026, 11, 16)),
        ("half year", date(2027, 5, 2)),
        ("a week from Friday", date(2026, 11, 13)),
        ("2 weeks from Friday", date(2026, 11, 20)),
        ("Friday week", date(2026, 11, 13)),
        ("weds", date(2026, 11, 4)),
        ("tmrw", date(2026, 11, 3)),
        ("tomorrow morning", date(2026, 11, 3)),
        ("Friday evening", date(2026, 11, 6)),
        ("I\u2019m back on Wednesday", date(2026, 11, 4)),
        ("EOM", date(2026, 11, 30)),
        ("EOY", date(2026, 12, 31)),
        ("the new year", date(2027, 1, 1)),
        ("31/Jan/2027", date(2027, 1, 31)),
        ("Jan-31-2027", date(2027, 1, 31)),
        ("31 01 2027", date(2027, 1, 31)),
        ("2027-01-31T09:00:00Z", date(2027, 1, 31)),
        ("2027-01-31 09:00", date(2027, 1, 31)),
        ("31.1.2027 (Sunday)", date(2027, 1, 31)),
        ("Jan 31, Sun", date(2027, 1, 31)),
        ("Sunday (31 Jan)", date(2027, 1, 31)),
        ("03/04/2027 Saturday", date(2027, 4, 3)),
        ("Sunday the 31st", date(2027, 1, 31)),
        ("Friday 13th", date(2026, 11, 13)),
        ("end Jan", date(2027, 1, 31)),
        ("by the end of January 2027", date(2027, 1, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("the week after next", date(2026, 11, 16)),
        ("two weeks or so", date(2026, 11, 16)),
        ("about a month", date(2026, 12, 2)),
        ("\u0663\u0661/\u0660\u0661/\u0662\u0660\u0662\u0667", date(2027, 1, 31)),
        ("\uff12\uff10\uff12\uff17\uff0d\uff10\uff11\uff0d\uff13\uff11", date(2027, 1, 31)),
        ("until \u2068Friday\u2069", date(2026, 11, 6)),
        ("FR\u0130DAY", date(2026, 11, 6)),
    ],
)
def test_a_day_is_read(typed: str, day: date) -> None:
    assert dates.read(typed, MONDAY) == dates.Reading((day,))


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "2027-02-30", "31.02.2027", "13/13/2027", "next", "12", "for thought", "99999 weeks"),
        *(
            "9999 years",
            "0000-01-01",
            "-2 weeks later",
            "1.5 weeks",
            "Friyay",
            "until",
            "the",
            "month",
            "2027",
        ),
        *(
            "January 32",
            "2027-01-31 2027-02-28",
            "January 10-15",
            "mid Friday",
            "a week from January",
            "end of it",
        ),
    ],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert dates.read(typed, MONDAY).days == ()


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("03/04/2027", (date(2027, 3, 4), date(2027, 4, 3))),
        ("3-4-2027", (date(2027, 3, 4), date(2027, 4, 3))),
        ("3/4/27", (date(2027, 3, 4), date(2027, 4, 3))),
        ("until 3/4", (date(2027, 3, 4), date(2027, 4, 3))),
        ("next Friday", (date(2026, 11, 6), date(2026, 11, 13))),
        ("the end of the week", (date(2026, 11, 6), date(2026, 11, 8))),
        ("end of next week", (date(2026, 11, 13), date(2026, 11, 15))),
    ],
)
def test_what_may_be_two_days_is_not_guessed(typed: str, days: tuple[date, ...]) -> None:
    reading = dates.read(typed, WEDNESDAY)
    assert (reading.days, reading.day) == (days, None)


def test_at_the_end_of_a_week_only_its_last_day_is_meant() -> None:
    assert dates.read("eow", date(2026, 11, 6)).day == date(2026, 11, 8)


@pytest.mark.parametrize("typed", ["Thursday, January 29, 2027", "Mon 29.01.2027", "29.01.2027 (Mon)"])
def test_a_wrong_weekday_is_asked_about(typed: str) -> None:
    reading = dates.read(typed, MONDAY)
    assert (reading.days, reading.day) == ((date(2027, 1, 29),), None)


def _name(day: date) -> str:
    return MONTHS[day.month - 1]


CERTAIN: dict[str, Callable[[date], str]] = {
    "ISO": date.isoformat,
    "slashes from the year": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.day:02d}.{day.month:02d}.{day.year}",
    "short dots": lambda day: f"{day.day}.{day.month}.{day.year % 100:02d}",
    "month first": lambda day: f"{_name(day)} {day.day}, {day.year}",
    "short month first": lambda day: f"{_name(day)[:3]} {day.day} {day.year}",
    "day first": lambda day: f"{day.day} {_name(day).upper()} {day.year}",
    "day first with dashes": lambda day: f"{day.day:02d}-{_name(day)[:3]}-{day.year}",
    "ordinal": lambda day: f"the {day.day}th of {_name(day)}, {day.year}",
    "ours": full_day,
    "slashes around a month": lambda day: f"{day.day}/{_name(day)[:3]}/{day.year}",
    "with a time": lambda day: f"{day.isoformat()}T00:00",
    "weekday behind": lambda day: (
        f"{day.day}/{day.month}/{day.year} ({WEEKDAYS[day.weekday()][:3]})"
        if day.day > 12 or day.day == day.month
        else day.isoformat()
    ),
    "short weekday": lambda day: f"{WEEKDAYS[day.weekday()][:3]} {day.day}.{day.month}.{day.year}",
}
NEXT: dict[str, Callable[[date], str]] = {
    "day and month": lambda day: f"{day.day} {_name(day)}",
    "month and day": lambda day: f"until {_name(day)[:3]}. {day.day}",
    "dots": lambda day: f"{day.day}.{day.month}.",
}
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
WITHIN_A_YEAR = st.integers(0, 364)


@given(DAYS, DAYS, st.sampled_from(sorted(CERTAIN)))
@example(date(2027, 5, 1), date(2026, 11, 2), "month first")
def test_a_whole_date_is_read_back(day: date, today: date, form: str) -> None:
    assert dates.read(CERTAIN[form](day), today).day == day


@given(DAYS, WITHIN_A_YEAR, st.sampled_from(sorted(NEXT)))
def test_a_date_without_a_year_is_the_next_such_one(today: date, ahead: int, form: str) -> None:
    day = today + timedelta(days=ahead)
    assert dates.read(NEXT[form](day), today).day == day


@given(DAYS, DAYS, st.sampled_from(["/", "-"]))
def test_numbers_are_read_back_or_asked_about(day: date, today: date, sign: str) -> None:
    for first, second in ((day.day, day.month), (day.month, day.day)):
        reading = dates.read(f"{first}{sign}{second}{sign}{day.year}", today)
        assert day in reading.days
        assert (len(reading.days) == 1) == (day.day > 12 or day.day == day.month)


@given(DAYS, st.integers(1, 200))
def test_a_span_is_counted_from_today(today: date, number: int) -> None:
    assert dates.read(f"{number} days", today).day == today + timedelta(days=number)
    assert dates.read(f"for {number} weeks", today).day == today + timedelta(weeks=number)
    month = dates.read(f"{number} months", today).day
    assert month is not None
    assert (month.year * 12 + month.month) - (today.year * 12 + today.month) == number
    assert month.day == today.day or (month + timedelta(days=1)).day == 1


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_coming_one(today: date, name: str) -> None:
    day = dates.read(name, today).day
    assert day is not None
    assert WEEKDAYS[day.weekday()] == name
    assert 1 <= (day - today).days <= 7


@given(st.text() | st.from_regex(r"[0-9./ -]{1,14}[a-z]{0,9}", fullmatch=True), DAYS)
def test_nothing_breaks_the_reading(text: str, today: date) -> None:
    assert isinstance(dates.read(text, today), dates.Reading)
