"""Pairs that may need somebody: what a pair's people have said in short, and by which reasons it is looked at.

There is no score. A reason is about the pair, never about one of the two: the same answers, given by the other one,
bring the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.cadence import week_of
from mentoring.checkins import Answer, CheckIn
from mentoring.planned import Planned

FIRST_MEETING_BY = timedelta(days=14)
"""So long after its introduction a pair should have met for the first time; the product's rule."""

SIGNED_WITHIN = timedelta(days=14)
"""So long after they were asked for it, both should have accepted their agreement; the product's rule."""

PLANNED_TWICE = 2
"""So many meetings that were planned since the last one, and not held, are looked at; the product's rule."""

UNANSWERED_WEEKS = 2
"""So many weeks of questions without any answer are looked at: a week before silence pauses somebody."""

TO_BE_HELD_WITHIN = timedelta(days=7)
"""A meeting that somebody plans without saying when is to be held by the next question."""

TO_BE_TOLD_WITHIN = timedelta(days=3)
"""So long after its moment, a meeting of which nobody has said that it was counts as not held: both were asked."""


class Reason(StrEnum):
    """Why a pair is looked at, the most telling first."""

    NO_FIRST_MEETING = "no-first-meeting"
    NOT_HELD = "planned-not-held"
    NOBODY_ANSWERS = "nobody-answers"
    NOT_SIGNED = "not-signed"
    BOTH_AWAY = "both-on-a-break"


@dataclass(frozen=True, slots=True)
class Tidings:
    """What the two of a pair have said so far, in short: when they said that they met, and what they said last.

    `planned_at` is for when they planned last. `not_held_by` is when the second of two planned meetings should have
    been held, if there was none since.
    """

    met_at: datetime | None = None
    heard_at: datetime | None = None
    answer: Answer | None = None
    not_held_by: datetime | None = None
    planned_at: datetime | None = None

    def plans(self, now: datetime) -> bool:
        """Whether a meeting is planned: ahead, or by the last word of somebody who did not say for when."""
        if self.planned_at is not None and self.planned_at > now:
            return True
        known = self.planned_at is not None and self.heard_at is not None and self.planned_at >= self.heard_at
        return self.answer is Answer.PLANNED and not known


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What is known of a pair that goes on; `unanswered` counts the weeks of questions since somebody answered.

    `waits` while it rests or one of the two takes a break: nobody is asked meanwhile. `both_away` says that both take
    one without a day on which it ends. `unsigned_since` is when both were asked for an agreement, if one of them has
    not accepted it.
    """

    pair_id: int
    mentor_id: str
    mentee_id: str
    introduced_at: datetime
    tidings: Tidings = Tidings()
    unanswered: int = 0
    waits: bool = False
    both_away: bool = False
    unsigned_since: datetime | None = None


def reasons(facts: PairFacts, now: datetime) -> tuple[Reason, ...]:
    """By which reasons a pair is looked at now.

    None while it waits for somebody's return; where nobody is there to wait, only that.
    """
    if facts.both_away:
        return (Reason.BOTH_AWAY,)
    if facts.waits:
        return ()
    told, asked = facts.tidings, facts.unsigned_since
    holds = {
        Reason.NO_FIRST_MEETING: told.met_at is None and now - facts.introduced_at >= FIRST_MEETING_BY,
        Reason.NOT_HELD: told.not_held_by is not None and told.not_held_by <= now,
        Reason.NOBODY_ANSWERS: facts.unanswered >= UNANSWERED_WEEKS,
        Reason.NOT_SIGNED: asked is not None and now - asked >= SIGNED_WITHIN,
    }
    return tuple(reason for reason in Reason if holds.get(reason))


def tidings(answers: Iterable[CheckIn], plans: Sequence[Planned] = ()) -> Tidings:
    """What was said about a pair, in short, whoever of the two it was; the last answer to each question counts."""
    given = sorted(
        (one.answered_at, _TELLS_MORE.index(one.answer), one.week, one.answer)
        for one in answers
        if one.answer and one.answered_at
    )
    met_at = max((at for at, _, _, answer in given if answer is Answer.MET), default=None)
    ahead = sorted(plans, key=lambda one: one.id)
    weeks = {week: at for at, _, week, answer in given if answer is Answer.PLANNED and _is_since(at, met_at)}
    last = given[-1] if given else None
    return Tidings(
        met_at,
        last[0] if last else None,
        last[3] if last else None,
        _not_held_by(weeks, [one for one in ahead if _is_since(one.at, met_at)]),
        ahead[-1].at if ahead else None,
    )


_TELLS_MORE = (Answer.HELP, Answer.NOT_YET, Answer.PLANNED, Answer.MET)
"""Of two answers at the same moment the later one here is taken, so that it does not matter who gave which."""


def _is_since(moment: datetime, met_at: datetime | None) -> bool:
    return met_at is None or moment > met_at


def _not_held_by(weeks: Mapping[str, datetime], plans: Sequence[Planned]) -> datetime | None:
    """When the second of the meetings planned since the last one should have been held.

    Both sides who say in a week that one is planned mean the same; what they say for when is counted instead.
    """
    said = {week_of(one.said_at.date()) for one in plans}
    moments = [at + TO_BE_HELD_WITHIN for week, at in weeks.items() if week not in said]
    moments = sorted([*moments, *_to_be_told_by(plans)])
    return moments[PLANNED_TWICE - 1] if len(moments) >= PLANNED_TWICE else None


def _to_be_told_by(plans: Sequence[Planned]) -> list[datetime]:
    """When each plan that was not for the day of the next one was given up, or should have been told of."""
    following: list[Planned | None] = [*plans[1:], None][: len(plans)]
    return [
        one.at + TO_BE_TOLD_WITHIN if later is None else min(one.at + TO_BE_TOLD_WITHIN, later.said_at)
        for one, later in zip(plans, following, strict=True)
        if later is None or later.at.date() != one.at.date()
    ]
