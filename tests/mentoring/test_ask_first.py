"""The question before an introduction: when it is asked again, and which times can be offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentoring.ask_first import due_at, first_month, remind_at, shared, wrong_with_slot
from mentoring.working_time import MONDAY_TO_FRIDAY, WorkingTime

INTRO = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday."""

FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
LISBON = WorkingTime("Europe/Lisbon", (9 * 60, 17 * 60))
SPAN = first_month(INTRO, FRIDAY)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("arrives", "due", "reminded"),
    [
        (FRIDAY, INTRO, at(9, 10)),
        (at(9, 9), INTRO, None),
        (at(9, 16), at(10, 16), None),
        (at(10, 11), at(12, 11), at(11, 11)),
        (at(13, 16), at(17, 16), at(16, 16)),
    ],
)
def test_a_mentee_has_a_working_day_at_least_and_one_reminder_where_it_helps(
    arrives: datetime, due: datetime, reminded: datetime | None
) -> None:
    found = due_at(arrives, INTRO, MONDAY_TO_FRIDAY, "UTC")
    assert found == due
    assert remind_at(arrives, found, MONDAY_TO_FRIDAY, "UTC") == reminded


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        (at(12, 10), ""),
        (at(12, 16, 15), ""),
        (at(10, 9), "is too early"),
        (at(20, 10, month=4), "more than a month away"),
        (
            at(14, 10),
            "Saturday, March 14, 2026 at 10:00 is outside your working time, 09:00 to 17:00, Monday to",
        ),
        (at(12, 8), "outside your working time"),
        (at(12, 16, 30), "too near to the end"),
        (at(11, 10), "is there already"),
    ],
)
def test_what_is_wrong_with_a_time_is_said(slot: datetime, words: str) -> None:
    told = wrong_with_slot(slot, [at(11, 10)], SPAN, LISBON)
    assert (words in told) if words else told == ""


def test_after_intro_time_the_month_begins_now() -> None:
    begins, ends = first_month(INTRO, at(20, 12))
    assert (begins, ends - begins) == (at(20, 12), timedelta(days=31))


def test_others_see_only_the_times_at_which_they_work_too() -> None:
    late = WorkingTime("UTC", (13 * 60, 21 * 60), (0, 1, 2))
    slots = [at(12, 14), at(11, 14), at(11, 10), at(9, 14), at(11, 14)]
    assert shared(slots, [LISBON, late], after=INTRO) == (at(11, 14),)
    assert shared(slots, [], after=INTRO) == (at(11, 10), at(11, 14), at(12, 14))
