"""A program's life in fast time: nobody is forgotten, asked twice, written to at night, or written to too often.

A whole year of two hundred people is `python -m tests.year`.
"""

from __future__ import annotations

import sys

import pytest

from mentoring.budget import A_WEEK
from program import weekly_budget
from storage.database import Database
from tests.effort import at_length
from tests.fixtures.databases import empty
from tests.program.office import MONDAY, WEEK
from tests.year.__main__ import printed
from tests.year.counted import Counted
from tests.year.town import Town


def lived(database: Database, couples: int, zones: int, weeks: int) -> Counted:
    """So many couples over these zones, after so many weeks in pairs."""
    town, until = Town.of(database, couples, zones), MONDAY + (weeks + 1) * WEEK
    for _ in town.lives(until):
        pass
    return Counted(town, until)


def check(counted: Counted, budget: bool = True) -> None:
    """Hold what was promised."""
    assert counted.out_of_hours == []
    assert counted.twice == [], "one usual question in a week"
    assert counted.due
    assert counted.forgotten == [], f"nobody is forgotten, in {len(counted.due)} due weeks"
    assert counted.never_paired == set()
    if budget:
        assert counted.too_many == []


def without_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(*_: object) -> None:
        """Nothing waits for another week."""

    monkeypatch.setattr(weekly_budget, "waits_until", now)


@pytest.mark.slow
def test_four_weeks_of_a_few_people_in_two_zones(sqlite: Database) -> None:
    counted = lived(sqlite, couples=2, zones=2, weeks=4)
    check(counted)
    assert len(counted.got) >= len(counted.town.places) * 3
    assert sum(counted.messages.values()) >= len(counted.town.places) * 4, "a week without a message counts"
    before = counted.got
    counted.town.office.lives_until(counted.until + WEEK)
    assert Counted(counted.town, counted.until).got == before, "what came after the end is not counted"
    assert len(Counted(counted.town, counted.until + WEEK).got) > len(before)


@pytest.mark.slow
def test_what_breaks_a_promise_is_counted(sqlite: Database) -> None:
    """The same life, seen as if everybody lived elsewhere, and as if half of the questions had not been asked."""
    counted = lived(sqlite, couples=2, zones=2, weeks=6)
    check(counted)
    places = counted.town.places
    elsewhere = Counted(counted.town, counted.until)
    counted.town.places = dict.fromkeys(places, "Pacific/Honolulu")
    assert elsewhere.out_of_hours
    counted.town.places = places
    fewer = Counted(counted.town, counted.until)
    counted.town.office.said = counted.town.office.said[::2]
    assert fewer.forgotten
    counted.town.office.said = counted.town.office.said * (A_WEEK + 1)
    more = Counted(counted.town, counted.until)
    assert more.twice
    assert more.too_many


@at_length
@pytest.mark.slow
def test_a_quarter_of_a_year_with_the_budget_and_without_it(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_it = lived(sqlite, couples=10, zones=10, weeks=12)
    check(with_it)
    without_budget(monkeypatch)
    without_it = lived(empty(sqlite), couples=10, zones=10, weeks=12)
    check(without_it, budget=False)
    with capsys.disabled():
        sys.stdout.write(f"\n{printed(with_it)}\nWithout the budget:\n\n{printed(without_it)}")
