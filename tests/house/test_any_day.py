"""Tests run on any day: what they take from the machine's clock, they take from `tests.any_day`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests import any_day
from tests.house.sources import code_of_tests, shown

HOME = "tests/any_day.py"
READ = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
STARTS, WORKS = "first_start", "working_days"


def dates_read(code: str) -> list[int]:
    """The lines on which a test asks the machine for its date by itself."""
    if not any(read in code for read in READ):
        return []
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Attribute)
        and ".".join(ast.unparse(node).removesuffix("()").split(".")[-2:]) in READ
    ]


def works_on_some_days(code: str) -> list[int]:
    """The lines on which a program starts by the machine's date, and its working days are not said beside."""
    if "any_day." not in code:
        return []
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            names = {(keyword.arg or "").lower() for keyword in node.keywords}
        elif isinstance(node, ast.Dict):
            names = {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
        else:
            continue
        if STARTS in names and WORKS not in names:
            found.append(node.lineno)
    return found


def test_no_test_reads_the_date_by_itself() -> None:
    files = [path for path in code_of_tests() if shown(path) != HOME]
    found = [f"{shown(path)}:{line}" for path in files for line in dates_read(path.read_text())]
    assert found == [], "take it from tests.any_day"


def test_a_program_that_starts_today_works_on_each_day() -> None:
    found = [
        f"{shown(path)}:{line}" for path in code_of_tests() for line in works_on_some_days(path.read_text())
    ]
    assert found == [], "say its working days, as any_day.EVERY_DAY"


@pytest.mark.parametrize(
    ("look", "code", "lines"),
    [
        (dates_read, "x = datetime.now(UTC)", [1]),
        (dates_read, "import datetime as d\nx = d.date.today()", [2]),
        (dates_read, "Clock(datetime.utcnow)", [1]),
        (dates_read, "x = office.clock.now(), any_day.now(), any_day.today()", []),
        (works_on_some_days, "sets_up(first_start=any_day.today())", [1]),
        (works_on_some_days, "x = any_day.now()\nform({'first_start': x})", [2]),
        (works_on_some_days, "sets_up(First_start=any_day.today(), Working_days=DAYS)", []),
        (works_on_some_days, "sets_up(first_start=MONDAY)", []),
    ],
)
def test_the_search_finds_what_it_looks_for(
    look: Callable[[str], list[int]], code: str, lines: list[int]
) -> None:
    assert look(code) == lines


@pytest.mark.parametrize(
    ("zone", "moment", "seconds"),
    [
        ("UTC", "2026-11-28 12:00:00", 0),
        ("UTC", "2026-12-31 23:58:59", 0),
        ("UTC", "2026-12-31 23:59:50", 10),
        ("UTC", "2027-01-01 00:00:00", 0),
        ("Europe/Berlin", "2027-03-27 23:59:30", 30),
        ("Europe/Berlin", "2027-10-31 23:59:30", 30),
        # Beirut's clocks go from midnight to one o'clock.
        ("Asia/Beirut", "2027-03-27 23:59:30", 30),
    ],
)
def test_a_day_that_is_about_to_end_is_waited_out(zone: str, moment: str, seconds: float) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    assert any_day.until_it_lasts(at) == seconds
