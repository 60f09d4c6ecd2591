"""What a check-in shows: the question about each of somebody's pairs in a week, or what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.checkins import OPEN, STUCK_AFTER, Answer, CheckIn, CheckInState, in_a_row
from mentoring.messages import CheckInPrompt, CheckInQuestions, Heard, Kind, Notice, person_and_week
from mentoring.pairings import Pair, PairState
from mentoring.planned import AskedAfter, Planned, PlanShown
from mentoring.starters import OPENER
from program.group_screens import meets
from program.look import Look
from program.meeting_looks import progress_of, times
from program.notices import checkin_of, of_met, stuck_subject

OPENER_AFTER = 2
"""So many "Not yet" in a row bring a line that helps to begin, and new times; the product's rule."""


def questions(look: Look, notice: Notice) -> CheckInQuestions | None:
    """One message for one moment: every pair that somebody was asked about together, each with its own answers."""
    again = notice.kind is Kind.REASK
    asked = [one for one in _asked(look, notice) if not again or _missed_at(one, one.reask_at)]
    if not again:
        asked = [one for one in asked if not _only_after(look, one)]
    prompts = [prompt_of(look, pair, one, again) for one in asked if (pair := look.pair(one.pair_id))]
    return CheckInQuestions(tuple(prompts), again) if prompts else None


def _asked(look: Look, notice: Notice) -> Sequence[CheckIn]:
    if (only := checkin_of(notice.subject)) is not None:
        found = look.checkin(only)
        return [found] if found else []
    person_id, week = person_and_week(notice.subject)
    return [one for one in look.questions(person_id, week) if one.state is not CheckInState.SKIPPED]


def _only_after(look: Look, checkin: CheckIn) -> bool:
    """Whether a check-in is asked in a message of its own alone, after a meeting that was planned."""
    after = look.asked_after(checkin)
    return after is not None and not after.also_weekly


def met_yet(look: Look, notice: Notice) -> CheckInQuestions | None:
    """The question after a planned meeting, in a message of its own; once there is a newer plan, what was answered."""
    checkin_id, planned_id = of_met(notice.subject)
    checkin = look.checkin(checkin_id)
    pair = look.pair(checkin.pair_id) if checkin else None
    if checkin is None or pair is None:
        return None
    after = look.asked_after(checkin)
    shown = prompt_of(look, pair, checkin, open_anew=after is not None and after.plan.id == planned_id)
    return CheckInQuestions((shown,), again=False)


def _missed_at(checkin: CheckIn, moment: datetime | None) -> bool:
    """Whether the question was still without an answer when its re-ask was due."""
    return moment is not None and (checkin.answered_at is None or checkin.answered_at >= moment)


def prompt_of(
    look: Look, pair: Pair, checkin: CheckIn, again: bool = False, *, open_anew: bool = False
) -> CheckInPrompt:
    """A check-in's question about one pair, or what became of it.

    `open_anew`: if it is asked anew after a planned meeting, what was answered before it is not shown.
    """
    after = look.asked_after(checkin)
    if after is not None and checkin.state in OPEN and (open_anew or again):
        checkin = replace(checkin, answer=None)
    person_id = checkin.person_id
    history = look.history(pair.id, person_id, until=checkin.week)
    before = in_a_row([one for one in history if one.week < checkin.week], Answer.NOT_YET)
    helps = checkin.answer is Answer.NOT_YET and before + 1 >= OPENER_AFTER
    later = look.has_later(checkin)
    passed = checkin.state is CheckInState.SILENT or later
    about = look.asked_about(pair, person_id)
    partner_id, *together = _whom(look, pair, person_id) or (pair.partner_of(person_id),)
    # What cannot be answered any more shows little, and so it need not be made anew with every change around it.
    member, partner = (None, None) if passed else look.members(person_id, partner_id)
    return CheckInPrompt(
        checkin=checkin,
        partner_id=partner_id,
        again=again,
        opener=OPENER if helps else None,
        over=not about and not later,
        week_of=None if passed else look.week_asked_about(checkin, again),
        heard=Heard() if passed and checkin.answer is not Answer.HELP else _heard(look, checkin),
        stuck=_stuck(look, pair, checkin, passed) if before + 1 >= STUCK_AFTER else None,
        passed=passed,
        resting=() if passed else _resting(look, person_id, about, partner_id),
        partner_name=partner.person.name if partner else "",
        together=tuple(together),
        progress=progress_of(look, pair, checkin.week) if checkin.answer is Answer.MET else None,
        plan=None if passed else _plan(look, pair, checkin, after),
        after=after is not None and (open_anew or again or not after.also_weekly),
        reflection=look.reflection(checkin) if checkin.answer is Answer.MET else None,
        times=_new_times(look, pair, checkin) if helps and about and not passed else (),
        zone=look.zone_of(member) if member else "UTC",
    )


def _new_times(look: Look, pair: Pair, checkin: CheckIn) -> tuple[datetime, ...]:
    """When those who meet could do so, from the answer on, so that what stands on screen stays as it is."""
    here = [one for one in look.group(pair) if one.state is PairState.INTRODUCED and one.rests_until is None]
    return times(look, here, checkin.answered_at) if here and checkin.answered_at else ()


def _plan(look: Look, pair: Pair, checkin: CheckIn, after: AskedAfter | None) -> PlanShown | None:
    """When the two meet, as long as somebody is to be asked after it; in the question after it, when that was."""
    plan = look.plan(pair.id) if checkin.answer in (None, Answer.PLANNED) else None
    member = look.member(checkin.person_id)
    if plan is None or member is None:
        return None
    if after is not None and checkin.state in OPEN:
        plan = after.plan
    elif look.last_asked_after(checkin) >= plan.id or _is_past(plan, checkin):
        return None
    return PlanShown(plan.at, plan.said_by, look.zone_of(member))


def _is_past(plan: Planned, checkin: CheckIn) -> bool:
    """Whether a meeting was to be before a check-in was asked, or answered."""
    return any(at is not None and at >= plan.at for at in (checkin.asked_at, checkin.answered_at))


def _whom(look: Look, pair: Pair, person_id: str) -> tuple[str, ...]:
    """Whom somebody meets: the partner first, and then all others in their conversation whose pair does not rest."""
    resting = {one.mentor_id for one in look.group(pair) if one.rests_until is not None}
    partner_id = pair.partner_of(person_id)
    met = (one for one in meets(look, pair, person_id) if one == partner_id or one not in resting)
    return tuple(sorted(met, key=lambda one: one != partner_id))


def _resting(look: Look, person_id: str, about: Sequence[Pair], partner_id: str) -> tuple[str, ...]:
    """Whose break the question waits for: their own, or that of every partner whom it is about."""
    partners = [one.partner_of(person_id) for one in about] or [partner_id]
    away = [one for one in partners if _rests(look, one)]
    return tuple(
        [one for one in (person_id,) if _rests(look, one)] + (away if len(away) == len(partners) else [])
    )


def _heard(look: Look, checkin: CheckIn) -> Heard:
    """Who was told of a call for help; before there is one, who would be."""
    if checkin.answer is Answer.HELP:
        return Heard(look.told(Kind.HELP, checkin.id))
    return look.would_hear(Kind.HELP, checkin.id)


def _stuck(look: Look, pair: Pair, checkin: CheckIn, passed: bool) -> Heard | None:
    """Who was told that a pair does not meet; before that, who would be."""
    if passed and checkin.answer is not Answer.NOT_YET:
        return None
    subject = stuck_subject(pair.id, checkin.week)
    told = look.told(Kind.STUCK, subject) if checkin.answer is Answer.NOT_YET else ()
    return Heard(told) if told else look.would_hear(Kind.STUCK, subject)


def _rests(look: Look, person_id: str) -> bool:
    member = look.member(person_id)
    return member is not None and not member.takes_part
