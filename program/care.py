"""Care for pairs that do not get going, and for what a pause means to those around somebody."""

from __future__ import annotations

from datetime import timedelta

from mentoring.cadence import Weekly, local_date, occurrence
from mentoring.checkins import STUCK_AFTER, Answer, CheckIn, in_a_row
from mentoring.messages import Kind, to_leads, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import DEFAULT_HOURS, Member
from mentoring.programs import Program
from program import recipients
from program.context import Context
from storage import checkins, letters, members, outbox, pairs, programs
from storage.database import Tx

NUDGE_AFTER = timedelta(days=10)
"""So long after the introduction, the senior of a pair that has not met is nudged; the product's rule."""

PLANNED_HOLDS = timedelta(days=7)
"""Whoever has just said that a meeting is planned is not nudged."""

PAUSES_ON = Weekly(0, DEFAULT_HOURS[0])
"""Leads hear on Monday mornings who was paused for being silent."""

BATCH = 200


def tell_stuck(ctx: Context, tx: Tx, program: Program, checkin: CheckIn) -> None:
    """Tell the leads of a pair of which somebody has answered "Not yet" three times in a row."""
    history = checkins.of_side(tx, checkin.pair_id, checkin.person_id)
    until_now = [one for one in history if one.week <= checkin.week]
    if in_a_row(until_now, Answer.NOT_YET) >= STUCK_AFTER:
        recipients.address(ctx, tx, program, Kind.STUCK, f"{checkin.pair_id}.{checkin.week}")


def tell_partners(ctx: Context, tx: Tx, member: Member) -> None:
    """Tell, in neutral words, everybody in a pair with somebody who rests now; once a day, whoever else rests."""
    program = programs.get(tx, member.program_id)
    today = local_date(ctx.now(), program.calendar.time_zone).isoformat()
    for pair in pairs.of_person(tx, program.id, member.person.id, PairState.INTRODUCED):
        if pair.introduced_at is not None:
            partner = pair.partner_of(member.person.id)
            outbox.put(tx, program.id, to_person(Kind.RESTING, today, partner), ctx.now())


def nudge_due(ctx: Context) -> int:
    """Nudge the senior of each pair that has not met ten days after its introduction; gives how many were due."""
    with ctx.database.read() as tx:
        due = pairs.nudges_due(tx, ctx.now() - NUDGE_AFTER, BATCH)
    for pair in due:
        with ctx.database.write() as tx:
            _nudge(ctx, tx, pair)
    if due:
        ctx.wake()
    return len(due)


def _nudge(ctx: Context, tx: Tx, pair: Pair) -> None:
    if not pairs.was_nudged(tx, pair, ctx.now()):
        return
    program = programs.get(tx, pair.program_id)
    both = members.of_program(tx, program.id, pair.people).values()
    if all(member.takes_part for member in both) and not _gets_going(ctx, tx, pair):
        today = local_date(ctx.now(), program.calendar.time_zone).isoformat()
        outbox.put(tx, program.id, to_person(Kind.NUDGE, today, pair.mentee_id), ctx.now())


def _gets_going(ctx: Context, tx: Tx, pair: Pair) -> bool:
    """Whether one of the two has said that they met, or lately that they will."""
    told = [one for person_id in pair.people for one in checkins.of_side(tx, pair.id, person_id)]
    lately = ctx.now() - PLANNED_HOLDS
    planned = (one.answered_at for one in told if one.answer is Answer.PLANNED)
    return any(one.answer is Answer.MET for one in told) or any(at and at > lately for at in planned)


def tell_pauses_due(ctx: Context) -> int:
    """Tell the leads once a week who was paused for being silent; gives in how many programs that was news."""
    with ctx.database.read() as tx:
        due = [(program.id, week) for program in programs.every(tx) if (week := _news_of(ctx, tx, program))]
    for program_id, week in due:
        with ctx.database.write() as tx:
            outbox.put(tx, program_id, to_leads(Kind.PAUSES, week), ctx.now())
    if due:
        ctx.wake()
    return len(due)


def _news_of(ctx: Context, tx: Tx, program: Program) -> str | None:
    """The week in which the leads are told, if this is one: its Monday morning has come, and somebody is new."""
    zone, now = program.calendar.time_zone, ctx.now()
    this_week = occurrence(PAUSES_ON, local_date(now, zone), zone)
    if this_week.at > now:
        return None
    told = letters.of_kind(tx, program.id, Kind.PAUSES)
    since = max((letter.created_at for letter in told), default=None)
    known = any(letter.notice.subject == this_week.week for letter in told)
    return None if known or not members.silent(tx, program.id, since, this_week.at) else this_week.week
