"""When somebody is asked, for any working week and zone: at work, once a due week, and after what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.budget import A_WEEK, Worth, is_over, worth
from mentoring.cadence import WEEK, Weekly, comes_in, instant, local_date
from mentoring.checkins import REASK_AFTER, REASK_UNTIL
from mentoring.messages import Kind
from mentoring.people import Member, Person, Profile, Role, Standing
from mentoring.programs import Program
from mentoring.working_time import WorkingTime
from program import asking
from tests.handlers.views.samples import WHEN, a_program
from tests.mentoring.test_working_time import clocks_stand, moments, weeklies, working

A_DAY = timedelta(days=1)
kinds = st.sampled_from(Kind)


def places(weekly: Weekly, work: WorkingTime) -> tuple[Program, Member]:
    """A program that asks at that time, and a member with that working week."""
    person = Person("U1", "T1", time_zone=work.zone)
    profile = Profile(Role.BOTH, hours=work.hours, working_days=work.days)
    program = a_program()
    program = replace(program, calendar=replace(program.calendar, checkin=weekly))
    return program, Member(1, person, profile, Standing.ACTIVE, WHEN, WHEN)


@settings(max_examples=100)
@given(weekly=weeklies, work=working, now=moments, weeks=st.sampled_from((1, 2, 4)))
def test_each_due_week_has_one_question_at_work(
    weekly: Weekly, work: WorkingTime, now: datetime, weeks: int
) -> None:
    program, member = places(weekly, work)
    since = asking.monday(asking.week_at(program, member, now))
    asked, moment = [], now
    for _ in range(12):
        question = asking.following(program, member, moment)
        moment = question.at
        assert work.is_open(question.at)
        if comes_in(asking.monday(question.week), weeks, since):
            asked.append(asking.monday(question.week))
    assert all(later - before == weeks * WEEK for before, later in pairwise(asked))
    assert len(asked) == 12 // weeks


@settings(max_examples=200)
@given(weekly=weeklies, work=working, meeting=moments)
def test_after_a_meeting_the_question_comes_on_the_next_working_day(
    weekly: Weekly, work: WorkingTime, meeting: datetime
) -> None:
    assume(clocks_stand(work.zone, meeting))
    program, member = places(weekly, work)
    asks_at = asking.after_meeting(program, member, meeting)
    tomorrow = instant(local_date(meeting, work.zone) + A_DAY, 0, work.zone)
    assert work.is_open(asks_at)
    assert asks_at >= tomorrow
    first = work.opens_at(tomorrow)
    assert local_date(asks_at, work.zone) == local_date(first, work.zone), "no working day passes in between"
    assert asks_at < asking.day_over(program, member, asks_at)


@settings(max_examples=200)
@given(weekly=weeklies, work=working, after=moments, days=st.integers(0, 6))
def test_the_usual_question_waits_a_week_after_one_about_a_meeting(
    weekly: Weekly, work: WorkingTime, after: datetime, days: int
) -> None:
    program, member = places(weekly, work)
    asked_after = after - days * A_DAY
    found = asking.weekly_after(program, member, after, asked_after)
    assert found > after
    assert work.is_open(found)
    assert local_date(found, work.zone) - local_date(asked_after, work.zone) >= WEEK
    assert found >= asking.weekly_after(program, member, after, None)


@settings(max_examples=200)
@given(weekly=weeklies, work=working, now=moments)
def test_a_question_is_repeated_at_work_soon_enough_or_not_at_all(
    weekly: Weekly, work: WorkingTime, now: datetime
) -> None:
    program, member = places(weekly, work)
    question = asking.latest(program, member, now)
    again = asking.reask_at(program, member, question.at)
    assert work.is_open(again)
    assert again - question.at >= REASK_AFTER
    if asking.may_ask_again(program, member, again, again):
        assert asking.following(program, member, question.at).at - again >= A_DAY
    assert not asking.may_ask_again(program, member, again, again + REASK_UNTIL + WEEK)


@given(
    days=st.integers(0, 400),
    weeks=st.sampled_from((1, 2, 4)),
    since=st.dates(date(2025, 1, 1), date(2026, 1, 1)),
)
def test_of_so_many_weeks_in_a_row_one_is_due(days: int, weeks: int, since: date) -> None:
    first = since - timedelta(days=since.weekday())
    start = first + days // 7 * WEEK
    assert sum(comes_in(start + n * WEEK, weeks, first) for n in range(weeks)) == 1


@given(st.lists(kinds, max_size=30))
def test_of_what_waits_the_most_worth_goes_and_never_too_much(waiting: list[Kind]) -> None:
    """However much waits, and in whichever order it is looked at: what goes is worth as much as what stays, or more."""
    left = list(waiting)
    gone: list[Kind] = []
    while may := [one for one in left if not is_over(one, sum(map(_counts, gone)), left)]:
        left.remove(may[0])
        gone.append(may[0])
    kept = [one for one in gone if worth(one) is not Worth.ALWAYS]
    assert len(kept) == min(A_WEEK, sum(worth(one) is not Worth.ALWAYS for one in waiting))
    assert not [one for one in left if worth(one) is Worth.ALWAYS]
    assert max(map(worth, kept), default=0) <= min(map(worth, left), default=99)


def _counts(kind: Kind) -> bool:
    """Whether a message that went counts in the budget; here, what is never kept back is looked at apart."""
    return worth(kind) is not Worth.ALWAYS
