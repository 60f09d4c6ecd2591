"""When the readers of a message are at work, by their own hours and days and in their own time zones."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring.budget import Worth, worth
from mentoring.cadence import instant, local_date
from mentoring.messages import Notice
from mentoring.people import DEFAULT_HOURS, Member
from mentoring.programs import Program
from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson
from mentoring.working_time import WorkingTime, opens_for_all
from program import calendar, groups
from storage import fewer, members, people
from storage.database import Tx

A_DAY = timedelta(days=1)

AFTER_INTROS = 60
"""Minutes for which the leads' channel is open from intro time on, however late that is."""


def of_member(member: Member, program: Program) -> WorkingTime:
    """A member's own working time; the days are the program's unless their profile says otherwise."""
    profile = member.profile
    days = profile.working_days or program.calendar.working_days
    return WorkingTime(calendar.zone_of(member.person, program), profile.hours, days)


def of_leads_channel(program: Program) -> WorkingTime:
    """The program's working days, from morning to evening, and its own intro time where that lies outside."""
    plan, (starts, ends) = program.calendar, DEFAULT_HOURS
    hours = min(starts, plan.intro.minutes), max(ends, plan.intro.minutes + AFTER_INTROS)
    return WorkingTime(plan.time_zone, hours, plan.working_days)


def opens_at(tx: Tx, program: Program, notice: Notice, now: datetime) -> datetime:
    """The first moment from now on at which whoever reads the message is at work.

    A pair's message waits for both, a group's for all; a reminder also until nobody of them is away. If they share no
    hour in a week, it comes in the mentee's, who writes first.
    """
    if isinstance(notice.to, OnePerson) and (member := members.get(tx, program.id, notice.reader)):
        return _of_member_there(tx, program, member, now)
    if isinstance(notice.to, BothOfPair) and worth(notice.kind) is Worth.REMINDERS:
        now = _when_all_are_there(tx, program, notice, now)
    everybody = [time for _, time in readers(tx, program, notice)]
    return opens_for_all(everybody, now) or everybody[-1].opens_at(now)


def _when_all_are_there(tx: Tx, program: Program, notice: Notice, now: datetime) -> datetime:
    """The first moment from now on at which nobody of a pair or a group is away."""
    everybody = members.of_program(tx, program.id, groups.people_of(groups.addressed(tx, notice)))
    return max((_of_member_there(tx, program, one, now) for one in everybody.values()), default=now)


def _of_member_there(tx: Tx, program: Program, member: Member, now: datetime) -> datetime:
    """The first moment from now on at which a member is at work and not away, as they or their status say."""
    work = of_member(member, program)
    until = member.person.away_until
    found = work.opens_at(max(now, until) if until else now)
    for days in fewer.away(tx, program.workspace, member.person.id):
        if days.covers(local_date(found, work.zone)):
            found = work.opens_at(instant(days.last + A_DAY, 0, work.zone))
    return found


def readers(tx: Tx, program: Program, notice: Notice) -> list[tuple[str, WorkingTime]]:
    """Who reads a message, each with their working time; a channel has one time for all, and nobody's id."""
    match notice.to:
        case LeadsChannel() | Conversation():
            return [("", of_leads_channel(program))]
        case OnePerson(person_id):
            return [(person_id, _of_person(tx, program, person_id))]
        case BothOfPair():
            everybody = groups.people_of(groups.addressed(tx, notice))
            return [(person_id, _of_person(tx, program, person_id)) for person_id in everybody]


def _of_person(tx: Tx, program: Program, person_id: str) -> WorkingTime:
    """A member's working time; for a lead who is none, the usual hours of the program's days, where the lead is."""
    member = members.get(tx, program.id, person_id)
    if member is not None:
        return of_member(member, program)
    person = people.get(tx, program.workspace, person_id)
    zone = calendar.zone_of(person, program) if person else program.calendar.time_zone
    return WorkingTime(zone, DEFAULT_HOURS, program.calendar.working_days)
