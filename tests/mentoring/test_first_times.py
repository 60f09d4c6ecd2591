"""Times for a first meeting lie in everybody's working hours, in every zone and through changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.first_times import MEETING, MOST, NOTICE, WITHIN, first_times, suits
from mentoring.working_time import WorkingTime

ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Kiritimati",
    "Europe/Berlin",
    "Asia/Tokyo",
    "America/St_Johns",
)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = WorkingTime("Europe/Lisbon", (540, 1020))


@st.composite
def working(draw: st.DrawFn) -> WorkingTime:
    starts = draw(st.integers(0, 22 * 60))
    ends = draw(st.integers(starts + 30, min(starts + 12 * 60, 24 * 60)))
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    return WorkingTime(draw(st.sampled_from(ZONES)), (starts, ends), tuple(sorted(days)))


SPAN = tuple(datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2026, 2028))
MOMENTS = st.datetimes(*SPAN, timezones=st.just(UTC))
GROUPS = st.lists(working(), min_size=2, max_size=4)


def at_work(one: WorkingTime, moment: datetime) -> bool:
    """Whether somebody's own clock on the wall, at the start and the end of a meeting, is within their hours."""
    begins, ends = (
        at.astimezone(ZoneInfo(one.zone)) for at in (moment, moment + MEETING - timedelta(minutes=1))
    )
    minutes = (at.hour * 60 + at.minute for at in (begins, ends))
    within = all(one.hours[0] <= minute < one.hours[1] for minute in minutes)
    return within and begins.weekday() in one.days and begins.date() == ends.date()


@settings(max_examples=150)
@given(GROUPS, MOMENTS)
def test_every_time_is_in_the_working_hours_of_all(everybody: list[WorkingTime], since: datetime) -> None:
    found = first_times(everybody, since)
    assert list(found) == sorted(set(found))
    assert len(found) <= MOST
    for one in found:
        assert all(at_work(person, one) for person in everybody)
        assert since + NOTICE <= one <= since + NOTICE + WITHIN + timedelta(days=7)
    assert all(after - before >= MEETING for before, after in pairwise(found))


@settings(max_examples=40)
@given(GROUPS, MOMENTS)
def test_none_is_said_only_where_there_is_none(everybody: list[WorkingTime], since: datetime) -> None:
    if first_times(everybody, since):
        return
    since = since.replace(second=0, microsecond=0) + NOTICE
    # Clocks may change within the days looked at, which is why a week is enough for those who share no hours.
    moments = (since + timedelta(minutes=5 * step) for step in range(7 * 24 * 12))
    assert not any(suits(everybody, one) for one in moments if one.minute % 30 == 0)


def test_two_in_one_office_get_three_days_and_different_times_of_day() -> None:
    found = first_times([OFFICE, OFFICE], MONDAY)
    assert len({one.date() for one in found}) == 3
    assert len({one.time() for one in found}) == 3
    assert found[0].date() == date(2026, 3, 3)


def test_with_one_day_a_week_in_common_the_times_are_on_it() -> None:
    friday = WorkingTime("Europe/Lisbon", (540, 1020), (4,))
    assert {one.weekday() for one in first_times([OFFICE, friday], MONDAY)} == {4}
    assert len(first_times([OFFICE, friday], MONDAY)) == 3


def test_who_shares_no_hour_gets_none() -> None:
    assert first_times([OFFICE, WorkingTime("Asia/Tokyo", (540, 1020))], MONDAY) == ()


def test_what_the_senior_offers_comes_before_other_times() -> None:
    good = datetime(2026, 3, 11, 15, tzinfo=UTC)
    outside, passed = datetime(2026, 3, 11, 20, tzinfo=UTC), datetime(2026, 3, 1, 10, tzinfo=UTC)
    found = first_times([OFFICE, OFFICE], MONDAY, [outside, good, passed])
    assert good in found
    assert outside not in found
    assert len({one.date() for one in found}) == 3
    later = [good + timedelta(hours=24 * n) for n in range(2)]
    assert first_times([OFFICE, OFFICE], MONDAY, [*later, good - timedelta(days=1)]) == (
        good - timedelta(days=1),
        *later,
    )


def test_nobody_meets_on_a_holiday() -> None:
    days = {(date(2026, 3, 3) + timedelta(days=n)).isoformat() for n in range(3)}
    assert not days & {one.date().isoformat() for one in first_times([OFFICE, OFFICE], MONDAY, (), days)}
    whole = {(date(2026, 3, 1) + timedelta(days=n)).isoformat() for n in range(40)}
    assert first_times([OFFICE, OFFICE], MONDAY, (), whole) == ()
