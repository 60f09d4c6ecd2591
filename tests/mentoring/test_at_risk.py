"""By which reasons a pair is looked at, and what is kept of what its people said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.at_risk import TO_BE_TOLD_WITHIN, PairFacts, Reason, Tidings, reasons, tidings
from mentoring.cadence import week_of
from mentoring.checkins import Answer, CheckIn, CheckInState
from mentoring.planned import Planned

BEGAN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MET = Tidings(BEGAN + WEEK, BEGAN + WEEK, Answer.MET)
PAIR = PairFacts(12, "UMENTOR", "UMENTEE", BEGAN)


def answered(answer: Answer, at: datetime, who: str = "UMENTOR") -> CheckIn:
    return CheckIn(1, 12, who, week_of(at.date()), CheckInState.ANSWERED, answer=answer, answered_at=at)


@pytest.mark.parametrize(
    ("facts", "age", "expected"),
    [
        (PAIR, 14 * DAY - timedelta(seconds=1), ()),
        (PAIR, 14 * DAY, (Reason.NO_FIRST_MEETING,)),
        (replace(PAIR, tidings=MET), 90 * DAY, ()),
        (replace(PAIR, unanswered=1), 10 * DAY, ()),
        (replace(PAIR, unanswered=2), 10 * DAY, (Reason.NOBODY_ANSWERS,)),
        (replace(PAIR, tidings=MET, unanswered=2), 30 * DAY, (Reason.NOBODY_ANSWERS,)),
        (replace(PAIR, tidings=MET, unsigned_since=BEGAN), 13 * DAY, ()),
        (replace(PAIR, tidings=MET, unsigned_since=BEGAN), 14 * DAY, (Reason.NOT_SIGNED,)),
        (replace(PAIR, tidings=replace(MET, not_held_by=BEGAN + 30 * DAY)), 30 * DAY - DAY, ()),
        (replace(PAIR, tidings=replace(MET, not_held_by=BEGAN + 30 * DAY)), 30 * DAY, (Reason.NOT_HELD,)),
        (
            replace(PAIR, tidings=Tidings(not_held_by=BEGAN), unanswered=3, unsigned_since=BEGAN),
            14 * DAY,
            tuple(one for one in Reason if one is not Reason.BOTH_AWAY),
        ),
        (replace(PAIR, unanswered=3, waits=True, both_away=True), DAY, (Reason.BOTH_AWAY,)),
        (
            replace(PAIR, tidings=Tidings(not_held_by=BEGAN), unanswered=3, unsigned_since=BEGAN, waits=True),
            99 * DAY,
            (),
        ),
    ],
)
def test_each_reason_begins_on_its_day(
    facts: PairFacts, age: timedelta, expected: tuple[Reason, ...]
) -> None:
    assert reasons(facts, BEGAN + age) == expected


def test_two_meetings_that_were_planned_and_not_held() -> None:
    planned = [answered(Answer.PLANNED, BEGAN + number * WEEK) for number in range(3)]
    assert tidings(planned[:1]).not_held_by is None
    assert tidings(planned[:2]).not_held_by == BEGAN + 2 * WEEK
    both = [planned[0], answered(Answer.PLANNED, BEGAN + DAY, "UMENTEE")]
    assert tidings(both).not_held_by is None, "both sides say so of one meeting in a week"
    met = answered(Answer.MET, BEGAN + WEEK + DAY)
    assert tidings([*planned, met]).not_held_by is None, "one was planned since they met"


def plan(number: int, at: datetime, said_at: datetime) -> Planned:
    return Planned(number, 12, at, "UMENTOR", said_at)


def test_what_is_planned_for_a_moment_should_be_told_of_soon_after_it() -> None:
    first, second = BEGAN + 5 * DAY, BEGAN + 12 * DAY
    one = [plan(1, first, BEGAN)]
    assert tidings([], one).not_held_by is None
    assert tidings([], [*one, plan(2, second, BEGAN + 6 * DAY)]).not_held_by == second + TO_BE_TOLD_WITHIN
    corrected = [*one, plan(2, first + timedelta(hours=2), BEGAN)]
    assert tidings([], corrected).not_held_by is None, "another hour of the same day is the same meeting"
    moved = [*one, plan(2, first + 2 * DAY, BEGAN + DAY)]
    assert tidings([], moved).not_held_by == first + 2 * DAY + TO_BE_TOLD_WITHIN, "another day is another one"
    met = answered(Answer.MET, second + DAY)
    assert tidings([met], [*one, plan(2, second, BEGAN)]).not_held_by is None


def test_an_answer_without_a_moment_counts_where_none_was_said_that_week() -> None:
    said = answered(Answer.PLANNED, BEGAN)
    assert tidings([said], [plan(1, BEGAN + 5 * DAY, BEGAN)]).not_held_by is None
    later = plan(1, BEGAN + 12 * DAY, BEGAN + WEEK)
    assert tidings([said], [later]).not_held_by == later.at + TO_BE_TOLD_WITHIN


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Tidings(), False),
        (Tidings(heard_at=BEGAN, answer=Answer.PLANNED), True),
        (Tidings(heard_at=BEGAN, answer=Answer.MET, planned_at=BEGAN + 9 * DAY), True),
        (Tidings(heard_at=BEGAN, answer=Answer.PLANNED, planned_at=BEGAN + DAY), False),
        (Tidings(heard_at=BEGAN + 2 * DAY, answer=Answer.PLANNED, planned_at=BEGAN + DAY), True),
        (Tidings(heard_at=BEGAN + 2 * DAY, answer=Answer.NOT_YET, planned_at=BEGAN + DAY), False),
    ],
)
def test_whether_a_meeting_is_planned(told: Tidings, expected: bool) -> None:
    assert told.plans(BEGAN + 8 * DAY) is expected


ANSWERS = st.lists(
    st.tuples(st.sampled_from(Answer), st.integers(0, 60), st.booleans()).map(
        lambda one: answered(one[0], BEGAN + one[1] * DAY, "UMENTOR" if one[2] else "UMENTEE")
    ),
    max_size=12,
)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_it_does_not_matter_who_of_the_two_said_what(told: list[CheckIn], chance: random.Random) -> None:
    swapped = [
        replace(one, id=99, person_id="UMENTEE" if one.person_id == "UMENTOR" else "UMENTOR") for one in told
    ]
    chance.shuffle(swapped)
    assert tidings(swapped) == tidings(told)


@given(ANSWERS)
def test_tidings_are_what_was_said(told: list[CheckIn]) -> None:
    found = tidings(told)
    moments = [one.answered_at for one in told if one.answered_at]
    met = [one.answered_at for one in told if one.answer is Answer.MET and one.answered_at]
    assert found.heard_at == max(moments, default=None)
    assert found.met_at == max(met, default=None)
    assert (found.answer is None) == (not told)
