"""When cycles are proposed, introduced and over, and which one is held after a silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentoring.cadence import Weekly, local_date
from mentoring.cycles import Cycle, CycleState, cycle_times, due_number, follow_length
from mentoring.programs import Calendar

WEEKLY = Calendar("Europe/Lisbon", 4, date(2026, 3, 9), Weekly(1, 600), Weekly(3, 600))
calendars = st.builds(
    Calendar,
    time_zone=st.sampled_from(
        ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "Africa/Cairo"]
    ),
    cycle_weeks=st.integers(2, 52),
    first_start=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    intro=st.builds(Weekly, st.integers(0, 6), st.integers(0, 1439)),
    checkin=st.just(Weekly(3, 600)),
    proposal_days=st.integers(1, 7),
    first_number=st.integers(1, 5),
    working_days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
)
moments = st.datetimes(datetime(2024, 6, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive


def slow_due_number(calendar: Calendar, now: datetime) -> int:
    """The definition: count up through all cycles while their proposals have come."""
    number = calendar.first_number - 1
    while cycle_times(calendar, number + 1).proposal_at <= now:
        number += 1
    return number


def test_the_times_of_a_cycle() -> None:
    times = cycle_times(WEEKLY, 2)
    assert (times.number, times.start_on) == (2, date(2026, 4, 6))
    # In Portugal's summer time, so an hour before what the clocks show.
    assert times.proposal_at == datetime(2026, 4, 2, 9, tzinfo=UTC)
    assert times.intro_at == datetime(2026, 4, 7, 9, tzinfo=UTC)
    assert times.ends_at == datetime(2026, 5, 5, 9, tzinfo=UTC)


@given(calendar=calendars, number=st.integers(1, 40))
def test_cycles_follow_each_other_without_a_gap(calendar: Calendar, number: int) -> None:
    number += calendar.first_number
    one, next_one = cycle_times(calendar, number), cycle_times(calendar, number + 1)
    assert one.proposal_at < one.intro_at < one.ends_at == next_one.intro_at
    assert next_one.start_on - one.start_on == timedelta(weeks=calendar.cycle_weeks)
    assert timedelta() <= next_one.intro_at - one.intro_at - timedelta(weeks=calendar.cycle_weeks, hours=-1)


@given(calendar=calendars, now=moments)
def test_the_due_cycle_is_the_latest_whose_proposal_has_come(calendar: Calendar, now: datetime) -> None:
    assert due_number(calendar, now) == slow_due_number(calendar, now)


@given(calendar=calendars, number=st.integers(1, 30))
def test_a_cycle_is_due_from_the_very_instant(calendar: Calendar, number: int) -> None:
    number += calendar.first_number
    at = cycle_times(calendar, number).proposal_at
    assert due_number(calendar, at) == number
    assert due_number(calendar, at - timedelta(microseconds=1)) == number - 1


@given(calendar=calendars, number=st.integers(1, 30))
def test_pairs_are_proposed_on_a_working_day_and_no_later_than_planned(
    calendar: Calendar, number: int
) -> None:
    times = cycle_times(calendar, number + calendar.first_number)
    day, intro = (local_date(at, calendar.time_zone) for at in (times.proposal_at, times.intro_at))
    assert day.weekday() in calendar.working_days
    earlier = (intro - day).days - calendar.proposal_days
    assert earlier >= 0
    # Each day that was passed over is none on which anybody works.
    skipped = [(day + timedelta(days=n)).weekday() for n in range(1, earlier + 1)]
    assert not set(skipped) & set(calendar.working_days)


def test_before_the_first_cycle_none_is_due() -> None:
    assert due_number(WEEKLY, datetime(2020, 1, 1, tzinfo=UTC)) == 0


@given(calendar=calendars, weeks=st.integers(2, 52), ahead=st.integers(1, 9))
def test_a_new_length_leaves_earlier_cycles_where_they_are(
    calendar: Calendar, weeks: int, ahead: int
) -> None:
    number = calendar.first_number + ahead
    changed = follow_length(calendar, replace(calendar, cycle_weeks=weeks), number)
    old, new = cycle_times(calendar, number), cycle_times(changed, number)
    assert (new.start_on, new.proposal_at, new.intro_at) == (old.start_on, old.proposal_at, old.intro_at)
    assert cycle_times(changed, number - 1).ends_at == cycle_times(calendar, number - 1).ends_at
    assert cycle_times(changed, number + 1).start_on - new.start_on == timedelta(weeks=weeks)


def test_a_cycle_knows_its_number() -> None:
    assert Cycle(1, 1, cycle_times(WEEKLY, 3), CycleState.PLANNED).number == 3
