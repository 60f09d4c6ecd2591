"""When a member is asked: the program's weekly time in their own zone, moved into their own working time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mentoring import cadence
from mentoring.cadence import WEEK, Occurrence, local_date
from mentoring.checkins import REASK_AFTER, REASK_UNTIL, CheckIn
from mentoring.people import Member
from mentoring.programs import Program
from program.at_work import of_member

A_DAY = timedelta(days=1)
"""Nearer to the next question than this, nobody is reminded of the last one."""

_INSTANT = timedelta(microseconds=1)


def latest(program: Program, member: Member, now: datetime) -> Occurrence:
    """The last time for a question that is not after `now`."""
    work = of_member(member, program)
    return cadence.latest(program.calendar.checkin, now, work.zone, work.opens_at)


def following(program: Program, member: Member, after: datetime) -> Occurrence:
    """The first time for a question that is later than `after`."""
    work = of_member(member, program)
    return cadence.following(program.calendar.checkin, after, work.zone, work.opens_at)


def of_week(program: Program, member: Member, week: str) -> Occurrence:
    """The time for the question of that ISO week."""
    work = of_member(member, program)
    return cadence.occurrence(program.calendar.checkin, monday(week), work.zone, work.opens_at)


def this_week(program: Program, member: Member, now: datetime) -> str:
    """The week whose question comes, or came, between this Monday and Sunday at the member's place."""
    zone = of_member(member, program).zone
    today = local_date(now, zone)
    next_monday = cadence.instant(today - timedelta(days=today.weekday()) + WEEK, 0, zone)
    return latest(program, member, next_monday - _INSTANT).week


def week_asked_about(program: Program, member: Member, checkin: CheckIn, again: bool) -> date | None:
    """The Monday of the question's week if it is asked, or asked again, in a later one; None within that week."""
    asked_at = checkin.reask_at if again else of_week(program, member, checkin.week).at
    zone = of_member(member, program).zone
    if asked_at is None or cadence.week_of(local_date(asked_at, zone)) == checkin.week:
        return None
    return monday(checkin.week)


def is_too_late(program: Program, member: Member, question: Occurrence, now: datetime) -> bool:
    """Whether a question that is put now reaches the member only after it is worth having."""
    return of_member(member, program).opens_at(now) > question.expires_at


def reask_at(program: Program, member: Member, asked_at: datetime) -> datetime:
    """When a question is asked again: after two days, in working time."""
    return of_member(member, program).opens_at(asked_at + REASK_AFTER)


def may_ask_again(program: Program, member: Member, planned_at: datetime, now: datetime) -> bool:
    """Whether a reminder that is put now comes soon enough after its time, and well before the next question."""
    goes_at = of_member(member, program).opens_at(now)
    next_question = following(program, member, goes_at - _INSTANT).at
    return goes_at <= planned_at + REASK_UNTIL and next_question - goes_at >= A_DAY


def after_meeting(program: Program, member: Member, meeting: datetime) -> datetime:
    """When somebody is asked after a planned meeting: on their next working day, at the usual time if it fits."""
    work = of_member(member, program)
    tomorrow = local_date(meeting, work.zone) + A_DAY
    opens = work.opens_at(cadence.instant(tomorrow, 0, work.zone))
    day = local_date(opens, work.zone)
    usual = work.opens_at(max(opens, cadence.instant(day, program.calendar.checkin.minutes, work.zone)))
    return usual if local_date(usual, work.zone) == day else opens


def day_over(program: Program, member: Member, at: datetime) -> datetime:
    """When a question of that moment is not worth having any more: at the end of the day after it."""
    zone = of_member(member, program).zone
    return cadence.instant(local_date(at, zone) + 2 * A_DAY, 0, zone)


def weekly_after(program: Program, member: Member, after: datetime, asked_after: datetime | None) -> datetime:
    """The next usual time for a question, a week at least after one that came after a meeting."""
    found = following(program, member, after).at
    if asked_after is None:
        return found
    zone = of_member(member, program).zone
    while local_date(found, zone) - local_date(asked_after, zone) < WEEK:
        found = following(program, member, found).at
    return found


def week_at(program: Program, member: Member, at: datetime) -> str:
    """The week in which a moment lies at the member's place."""
    return cadence.week_of(local_date(at, of_member(member, program).zone))


def week_is_over(program: Program, member: Member, checkin: CheckIn, now: datetime) -> bool:
    """Whether the week of a question is over at the member's place, and the one in which it was asked last."""
    zone = of_member(member, program).zone
    asked = [one for one in (checkin.asked_at, checkin.reask_at) if one is not None]
    # One that nobody has got yet may be on its way, and have been moved into the next week.
    own = monday(checkin.week) if asked else monday(checkin.week) + WEEK
    last = max([own, *(_monday_of(local_date(one, zone)) for one in asked)])
    return local_date(now, zone) >= last + WEEK


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def monday(week: str) -> date:
    """The first day of an ISO week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
