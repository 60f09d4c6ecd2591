"""Pairs that may need somebody: what a pair's people have said in short, and by which reasons it is looked at.

There is no score. A reason is about the pair, never about one of the two: the same answers, given by the other one,
bring the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.checkins import Answer, CheckIn

FIRST_MEETING_BY = timedelta(days=14)
"""So long after its introduction a pair should have met for the first time; the product's rule."""

SIGNED_BY = timedelta(days=14)
"""So long after its introduction both should have accepted their agreement; the product's rule."""

PLANNED_TWICE = 2
"""So many meetings that were planned since the last one, and not held, are looked at; the product's rule."""

UNANSWERED_WEEKS = 2
"""So many weeks of questions without any answer are looked at: a week before silence pauses somebody."""

TO_BE_HELD_WITHIN = timedelta(days=7)
"""A meeting that somebody plans without saying when is to be held by the next question."""


class Reason(StrEnum):
    """Why a pair is looked at, the most telling first."""

    NO_FIRST_MEETING = "no-first-meeting"
    NOT_HELD = "planned-not-held"
    NOBODY_ANSWERS = "nobody-answers"
    NOT_SIGNED = "not-signed"


@dataclass(frozen=True, slots=True)
class Tidings:
    """What the two of a pair have said so far, in short: when they said that they met, and what they said last.

    `not_held_by` is when the second of two planned meetings should have been held, if there was none since.
    """

    met_at: datetime | None = None
    heard_at: datetime | None = None
    answer: Answer | None = None
    not_held_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What is known of a pair that goes on; `unanswered` counts the weeks of questions since somebody answered.

    `waits` while it rests or one of the two takes a break: nobody is asked meanwhile. `unsigned` tells that one of the
    two has not accepted the agreement that both were asked for.
    """

    pair_id: int
    mentor_id: str
    mentee_id: str
    introduced_at: datetime
    tidings: Tidings = Tidings()
    unanswered: int = 0
    waits: bool = False
    unsigned: bool = False


def reasons(facts: PairFacts, now: datetime) -> tuple[Reason, ...]:
    """By which reasons a pair is looked at now; none while it waits for somebody's return."""
    if facts.waits:
        return ()
    told, age = facts.tidings, now - facts.introduced_at
    holds = {
        Reason.NO_FIRST_MEETING: told.met_at is None and age >= FIRST_MEETING_BY,
        Reason.NOT_HELD: told.not_held_by is not None and told.not_held_by <= now,
        Reason.NOBODY_ANSWERS: facts.unanswered >= UNANSWERED_WEEKS,
        Reason.NOT_SIGNED: facts.unsigned and age >= SIGNED_BY,
    }
    return tuple(reason for reason in Reason if holds[reason])


def tidings(answers: Iterable[CheckIn]) -> Tidings:
    """What was answered about a pair, in short, whoever of the two it was; the last answer to each question counts."""
    given = sorted(
        (
            (one.answered_at, _TELLS_MORE.index(one.answer), one)
            for one in answers
            if one.answer and one.answered_at
        ),
        key=lambda one: one[:2],
    )
    if not given:
        return Tidings()
    told = [one for *_, one in given]
    met_at = max(
        (one.answered_at for one in told if one.answer is Answer.MET and one.answered_at), default=None
    )
    return Tidings(met_at, given[-1][0], told[-1].answer, _not_held_by(told, met_at))


_TELLS_MORE = (Answer.HELP, Answer.NOT_YET, Answer.PLANNED, Answer.MET)
"""Of two answers at the same moment the later one here is taken, so that it does not matter who gave which."""


def _not_held_by(told: Sequence[CheckIn], met_at: datetime | None) -> datetime | None:
    """When the second of the meetings planned since the last one should have been held; both sides plan one a week."""
    planned: dict[str, datetime] = {}
    for one in told:
        if one.answer is Answer.PLANNED and one.answered_at and (met_at is None or one.answered_at > met_at):
            planned[one.week] = max(one.answered_at, planned.get(one.week, one.answered_at))
    moments = sorted(planned.values())
    return moments[PLANNED_TWICE - 1] + TO_BE_HELD_WITHIN if len(moments) >= PLANNED_TWICE else None
