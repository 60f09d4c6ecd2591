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
    return cadence.occurrence(program.calendar.checkin, _monday(week), work.zone, work.opens_at)


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
    return _monday(checkin.week)


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


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
