"""Working hours across time zones, clock changes and the date line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching.hours import overlap, shared_minutes
from tests.matching.builders import MENTEE, MENTOR, MONDAY, mentor

CASES = [
    ("UTC", "UTC", MONDAY, 480),
    ("Europe/London", "America/New_York", date(2026, 3, 2), 180),
    # The United States change their clocks on 8 March 2026, the United Kingdom on 29 March.
    ("Europe/London", "America/New_York", date(2026, 3, 9), 240),
    ("Europe/London", "America/New_York", date(2026, 3, 30), 180),
    ("Asia/Kolkata", "Europe/Berlin", date(2026, 1, 5), 210),
    # Monday from noon in Los Angeles is Tuesday from nine in Auckland.
    ("America/Los_Angeles", "Pacific/Auckland", date(2026, 1, 5), 300),
    # Both clocks show the same time, a day apart.
    ("Pacific/Honolulu", "Pacific/Kiritimati", MONDAY, 480),
    ("Pacific/Pago_Pago", "Pacific/Apia", MONDAY, 480),
    ("Asia/Tokyo", "Europe/London", MONDAY, 0),
    ("UTC", "Nowhere/Land", MONDAY, 0),
    ("UTC", "America", MONDAY, 0),
    ("UTC", "../etc/passwd", MONDAY, 0),
    ("UTC", "", MONDAY, 0),
]


@pytest.mark.parametrize(("one", "other", "on", "minutes"), CASES)
def test_shared_minutes(one: str, other: str, on: date, minutes: int) -> None:
    first, second = mentor("one", time_zone=one), mentor("other", time_zone=other)
    assert shared_minutes(first, second, on) == minutes
    assert shared_minutes(second, first, on) == minutes


def test_a_night_shift_meets_the_early_shift() -> None:
    night, early = mentor("night", hours=(22 * 60, 30 * 60)), mentor("early", hours=(4 * 60, 12 * 60))
    assert shared_minutes(night, early, MONDAY) == 120


def test_the_clock_ahead_of_utc_begins_its_day_earlier() -> None:
    berlin = mentor("berlin", hours=(6 * 60, 14 * 60), time_zone="Europe/Berlin")
    assert shared_minutes(berlin, MENTEE, MONDAY) == 240
    assert (
        shared_minutes(mentor("bogota", hours=(6 * 60, 14 * 60), time_zone="America/Bogota"), MENTEE, MONDAY)
        == 360
    )


def test_everybody_shares_their_whole_day_with_somebody_who_never_sleeps() -> None:
    assert shared_minutes(MENTOR, mentor("always", hours=(0, 1440), time_zone="Asia/Tokyo"), MONDAY) == 480
    assert shared_minutes(MENTOR, MENTEE, MONDAY) == 480


windows = st.tuples(st.integers(0, 1439), st.integers(0, 1440))


@given(windows, windows)
def test_the_overlap_equals_a_count_minute_by_minute(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = ({(start + n) % 1440 for n in range(length)} for start, length in (one, other))
    assert overlap(one, other) == len(first & second)
