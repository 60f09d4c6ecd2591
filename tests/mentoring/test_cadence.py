"""Weekly instants: once in each local week, never early, also on the days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.cadence import (
    WEEK,
    Weekly,
    following,
    instant,
    is_zone,
    latest,
    local_date,
    occurrence,
    on_or_after,
    week_of,
)

ZONES = (
    "UTC",
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # moves its clocks by half an hour
    "Africa/Cairo",  # skips the hour after midnight
    "Africa/Casablanca",  # goes back for Ramadan
    "Pacific/Apia",  # skipped a whole day in 2011
    "Pacific/Chatham",  # 12:45 ahead
    "Antarctica/Troll",  # moves its clocks by two hours
    "America/Nuuk",  # skips the hour before midnight
)
YEARS = ((date(2011, 1, 3), date(2013, 12, 30)), (date(2024, 1, 1), date(2026, 12, 28)))

weeklies = st.builds(Weekly, st.integers(0, 6), st.integers(0, 24 * 60 - 1))
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2011, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive


def at(day: str, clock: str, zone: str) -> str:
    """The wall clock in the zone at the instant that is found for a day and a time."""
    hours, minutes = map(int, clock.split(":"))
    return instant(date.fromisoformat(day), hours * 60 + minutes, zone).astimezone(ZoneInfo(zone)).isoformat()


@pytest.mark.parametrize(
    ("day", "clock", "zone", "found"),
    [
        ("2026-01-15", "09:30", "Europe/Berlin", "2026-01-15T09:30:00+01:00"),
        ("2026-07-15", "09:30", "Europe/Berlin", "2026-07-15T09:30:00+02:00"),
        ("2026-03-29", "01:59", "Europe/Berlin", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29", "02:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29", "02:59", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-04T02:30:00+11:00"),
        ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00"),
        ("2026-04-24", "00:00", "Africa/Cairo", "2026-04-24T01:00:00+03:00"),
        ("2026-04-24", "00:45", "Africa/Cairo", "2026-04-24T01:00:00+03:00"),
        ("2026-10-29", "23:30", "Africa/Cairo", "2026-10-29T23:30:00+03:00"),
        ("2011-12-30", "10:00", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("2011-12-29", "23:59", "Pacific/Apia", "2011-12-29T23:59:00-10:00"),
        ("2026-03-29", "02:30", "Antarctica/Troll", "2026-03-29T03:00:00+02:00"),
        ("2026-09-27", "03:00", "Pacific/Chatham", "2026-09-27T03:45:00+13:45"),
    ],
)
def test_an_instant_is_the_first_at_or_after_that_time(day: str, clock: str, zone: str, found: str) -> None:
    assert at(day, clock, zone) == found


@given(day=st.dates(date(2011, 1, 1), date(2027, 12, 31)), minutes=st.integers(0, 1439), zone=zones)
def test_no_earlier_instant_shows_that_time_or_later(day: date, minutes: int, zone: str) -> None:
    found = instant(day, minutes, zone)
    nominal = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)

    def clock(moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert clock(found) >= nominal
    # Before it, the wall clock never showed that time: not a second before, nor an hour, nor a day.
    assert all(clock(found - timedelta(seconds=back)) < nominal for back in (1, 60, 1800, 3600, 7200, 86_400))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("years", YEARS)
@pytest.mark.parametrize(
    "weekly", [Weekly(0, 15), Weekly(3, 600), Weekly(4, 0), Weekly(6, 150), Weekly(6, 1425)]
)
def test_every_local_week_has_exactly_one(zone: str, years: tuple[date, date], weekly: Weekly) -> None:
    first, last = years
    weeks = [first + number * WEEK for number in range((last - first).days // 7 + 1)]
    moment, found = instant(first, 0, zone) - timedelta(seconds=1), []
    for _ in weeks:
        next_one = following(weekly, moment, zone)
        assert next_one.at > moment
        moment = next_one.at
        found.append(next_one)
    assert [one.week for one in found] == [week_of(monday) for monday in weeks]
    # The instant lies in the very week it stands for, in local time.
    assert [week_of(local_date(one.at, zone)) for one in found] == [one.week for one in found]


@settings(max_examples=300)
@given(weekly=weeklies, now=moments, zone=zones)
def test_latest_and_following_agree(weekly: Weekly, now: datetime, zone: str) -> None:
    last, coming = latest(weekly, now, zone), following(weekly, now, zone)
    assert last.at <= now < coming.at
    assert following(weekly, last.at, zone) == coming
    assert latest(weekly, coming.at, zone) == coming
    assert following(weekly, last.at - timedelta(microseconds=1), zone) == last


@given(weekly=weeklies, now=moments, zone=zones)
def test_an_occurrence_is_worth_having_until_the_end_of_the_next_day(
    weekly: Weekly, now: datetime, zone: str
) -> None:
    found = latest(weekly, now, zone)
    assert timedelta(hours=22) <= found.expires_at - found.at <= timedelta(hours=50) or zone == "Pacific/Apia"
    monday = date.fromisocalendar(int(found.week[:4]), int(found.week[6:]), 1)
    nominal = monday + timedelta(days=weekly.weekday)
    assert local_date(found.expires_at, zone) >= nominal + timedelta(days=2)
    assert local_date(found.expires_at - timedelta(seconds=1), zone) < nominal + timedelta(days=2)


def test_a_week_around_new_year() -> None:
    assert week_of(date(2026, 12, 31)) == week_of(date(2027, 1, 3)) == "2026-W53"
    assert week_of(date(2027, 1, 4)) == "2027-W01"
    assert occurrence(Weekly(4, 600), date(2026, 12, 28), "UTC").week == "2026-W53"


@given(day=st.dates(), weekday=st.integers(0, 6))
def test_the_first_such_weekday(day: date, weekday: int) -> None:
    if day < date(9999, 12, 25):
        found = on_or_after(day, weekday)
        assert found.weekday() == weekday
        assert timedelta() <= found - day < WEEK


def test_words_of_a_weekly_time() -> None:
    assert Weekly(1, 9 * 60 + 5).words == "Tuesday at 09:05"


@pytest.mark.parametrize("name", ["", "Mars/Base", "Europe", "../etc/passwd", "Europe/Lisbon\0", "a" * 5000])
def test_what_is_no_time_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize("name", ZONES)
def test_what_is_a_time_zone(name: str) -> None:
    assert is_zone(name)
