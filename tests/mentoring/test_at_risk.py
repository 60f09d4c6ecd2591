"""By which reasons a pair is looked at, and what is kept of what its people said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.at_risk import PairFacts, Reason, Tidings, reasons, tidings
from mentoring.cadence import week_of
from mentoring.checkins import Answer, CheckIn, CheckInState

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
        (replace(PAIR, tidings=MET, unsigned=True), 13 * DAY, ()),
        (replace(PAIR, tidings=MET, unsigned=True), 14 * DAY, (Reason.NOT_SIGNED,)),
        (replace(PAIR, tidings=replace(MET, not_held_by=BEGAN + 30 * DAY)), 30 * DAY - DAY, ()),
        (replace(PAIR, tidings=replace(MET, not_held_by=BEGAN + 30 * DAY)), 30 * DAY, (Reason.NOT_HELD,)),
        (
            replace(PAIR, tidings=Tidings(not_held_by=BEGAN), unanswered=3, unsigned=True),
            14 * DAY,
            tuple(Reason),
        ),
        (
            replace(PAIR, tidings=Tidings(not_held_by=BEGAN), unanswered=3, unsigned=True, waits=True),
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
