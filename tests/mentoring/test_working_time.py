"""Working time: a moment is inside it when the wall clock says so, on every day of the year and in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.cadence import Weekly, following, instant, latest, local_date, occurrence, week_of
from mentoring.working_time import EVERY_DAY, WorkingTime, opens_for_all

ZONES = (
    "UTC",
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",  # moves its clocks by half an hour
    "Australia/Adelaide",
    "Africa/Cairo",  # skips the hour after midnight
    "Africa/Casablanca",  # goes back for Ramadan
    "Pacific/Apia",  # skipped a whole day in 2011
    "Pacific/Chatham",  # 12:45 ahead
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Auckland",
    "Antarctica/Troll",  # moves its clocks by two hours
    "America/Nuuk",  # skips the hour before midnight
)
MINUTE = timedelta(minutes=1)

zones = st.sampled_from(ZONES)
days = st.sets(st.integers(0, 6), min_size=1).map(lambda some: tuple(sorted(some)))
hours = st.integers(0, 1439).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, start + 1440))
)
working = st.builds(WorkingTime, zones, hours, days)
usual_hours = st.tuples(st.integers(0, 11 * 60), st.integers(13 * 60, 1439))
moments = st.datetimes(datetime(2011, 6, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive
weeklies = st.builds(Weekly, st.integers(0, 6), st.integers(0, 1439))


def shows_work(work: WorkingTime, moment: datetime) -> bool:
    """What somebody with a clock on the wall would say, away from the days on which the clocks change."""
    clock = moment.astimezone(ZoneInfo(work.zone)).replace(tzinfo=None)
    minutes = clock.hour * 60 + clock.minute
    starts, ends = work.hours
    today = clock.weekday() in work.days and starts <= minutes < ends
    yesterday = (clock - timedelta(days=1)).weekday() in work.days and minutes < ends - 1440
    return today or yesterday


def clocks_stand(zone: str, moment: datetime) -> bool:
    """Whether nothing happens to the clocks for two days before and after."""
    offsets = {(moment + timedelta(hours=h)).astimezone(ZoneInfo(zone)).utcoffset() for h in range(-50, 51)}
    return len(offsets) == 1


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-11T00:25", "2026-03-11T09:00"),
        ("2026-03-11T09:00", "2026-03-11T09:00"),
        ("2026-03-11T16:59", "2026-03-11T16:59"),
        ("2026-03-11T17:00", "2026-03-12T09:00"),
        ("2026-03-13T17:00", "2026-03-16T09:00"),
        ("2026-03-14T12:00", "2026-03-16T09:00"),
        # Lisbon's clocks go forward on the 29th.
        ("2026-03-28T12:00", "2026-03-30T08:00"),
    ],
)
def test_the_first_moment_at_work(moment: str, opens: str) -> None:
    work = WorkingTime("Europe/Lisbon", (540, 1020))
    at, found = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (moment, opens))
    assert work.opens_at(at) == found
    assert work.is_open(at) == (at == found)


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    night = WorkingTime("UTC", (22 * 60, 30 * 60), (4,))
    friday = datetime(2026, 3, 13, 22, tzinfo=UTC)
    assert night.opens_at(friday - timedelta(hours=1)) == friday
    assert night.is_open(friday + timedelta(hours=7, minutes=59))
    assert night.opens_at(friday + timedelta(hours=8)) == friday + timedelta(days=7)


def test_a_day_that_a_zone_skips_is_no_working_day() -> None:
    """The 30th of December 2011, a Friday, did not happen on Samoa."""
    fridays = WorkingTime("Pacific/Apia", (540, 1020), (4,))
    assert fridays.opens_at(datetime(2011, 12, 24, 12, tzinfo=UTC)) == instant(
        date(2012, 1, 6), 540, "Pacific/Apia"
    )


@given(work=working, moment=moments)
def test_it_agrees_with_the_clock_on_the_wall(work: WorkingTime, moment: datetime) -> None:
    assume(clocks_stand(work.zone, moment))
    assert work.is_open(moment) == shows_work(work, moment)


@pytest.mark.slow
@given(work=working, moment=moments)
def test_it_opens_at_the_first_such_moment(work: WorkingTime, moment: datetime) -> None:
    opens = work.opens_at(moment)
    assert moment <= opens < moment + timedelta(days=15)
    assert work.is_open(opens)
    assert opens == moment or not work.is_open(moment)
    assert opens == moment or not work.is_open(opens - timedelta(seconds=1))
    between = moment + (opens - moment) / 3
    assert work.opens_at(between) == max(between, opens)


@given(moment=moments, zone=zones, minutes=usual_hours)
def test_somebody_who_works_every_day_waits_for_a_night_at_most(
    moment: datetime, zone: str, minutes: tuple[int, int]
) -> None:
    opens = WorkingTime(zone, minutes, EVERY_DAY).opens_at(moment)
    assert opens - moment < timedelta(hours=26) or zone == "Pacific/Apia"


@given(moment=moments, everybody=st.lists(working, min_size=1, max_size=3))
def test_several_are_at_work_together(moment: datetime, everybody: list[WorkingTime]) -> None:
    found = opens_for_all(everybody, moment)
    if found is None:
        looked_at = [moment + n * timedelta(minutes=97) for n in range(7 * 24 * 60 // 97)]
        assert not any(all(one.is_open(at) for one in everybody) for at in looked_at)
        return
    assert moment <= found <= moment + timedelta(days=7)
    assert all(one.is_open(found) for one in everybody)
    if found > moment:
        earlier = [moment + (found - moment) * part / 50 for part in range(50)]
        assert not any(all(one.is_open(at) for one in everybody) for at in earlier)


# --- questions that move into working time


@settings(max_examples=300)
@given(weekly=weeklies, now=moments, work=working)
def test_questions_follow_each_other_in_working_time(
    weekly: Weekly, now: datetime, work: WorkingTime
) -> None:
    last = latest(weekly, now, work.zone, work.opens_at)
    coming = following(weekly, now, work.zone, work.opens_at)
    assert last.at <= now < coming.at
    assert last.week < coming.week
    for one in (last, coming):
        monday = date.fromisocalendar(int(one.week[:4]), int(one.week[6:]), 1)
        nominal = instant(monday + timedelta(days=weekly.weekday), weekly.minutes, work.zone)
        assert nominal <= one.at, "never early"
        assert work.is_open(one.at)
        assert occurrence(weekly, monday, work.zone, work.opens_at) == one


@given(weekly=weeklies, now=moments, work=working)
def test_a_question_is_worth_having_until_the_day_after_it_could_be_asked(
    weekly: Weekly, now: datetime, work: WorkingTime
) -> None:
    found = latest(weekly, now, work.zone, work.opens_at)
    assume(clocks_stand(work.zone, found.at))
    assert local_date(found.expires_at, work.zone) == local_date(found.at, work.zone) + timedelta(days=2)


@settings(max_examples=30)
@given(weekly=weeklies, work=working, start=st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_no_week_is_asked_about_twice(weekly: Weekly, work: WorkingTime, start: date) -> None:
    moment, weeks = instant(start, 0, work.zone), []
    for _ in range(30):
        question = following(weekly, moment, work.zone, work.opens_at)
        moment = question.at
        weeks.append(question.week)
    first = date.fromisocalendar(int(weeks[0][:4]), int(weeks[0][6:]), 1)
    assert weeks == [week_of(first + timedelta(weeks=n)) for n in range(30)]
