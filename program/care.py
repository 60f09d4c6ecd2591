"""Care for pairs that do not get going, and what leads hear of people who are paused for being silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring.cadence import Weekly, local_date, occurrence
from mentoring.checkins import FIRST_NUDGE, STUCK_AFTER, Answer, CheckIn, in_a_row
from mentoring.messages import Kind, to_leads, to_person
from mentoring.pairings import Pair
from mentoring.people import DEFAULT_HOURS
from program import groups, recipients
from program.act import Act
from program.context import Context
from program.notices import NEVER_MET, stuck_subject
from program.subjects import OfPair, OfProgram
from storage import checkins, first_contact, members, pairs, planned
from storage.outbox import letters

NUDGE_AFTER = timedelta(days=10)
"""So long after the introduction, the senior of a pair that has not met is nudged again; the product's rule."""

LEADS_HEAR = 14
"""Days after which the leads hear of a pair that has not met; the product's rule."""

STILL_NEWS = timedelta(days=7)
"""So much later than that nobody is told any more, as after an update of the bot."""

PLANNED_HOLDS = timedelta(days=7)
"""Whoever has just said that a meeting is planned is not nudged."""

PAUSES_ON = Weekly(0, DEFAULT_HOURS[0])
"""Leads hear on Monday mornings who was paused for being silent."""

BATCH = 200


def tell_stuck(act: Act, checkin: CheckIn) -> None:
    """Tell the leads of a pair of which somebody has answered "Not yet" three times in a row."""
    history = checkins.of_side(act.tx, checkin.pair_id, checkin.person_id)
    until_now = [one for one in history if one.week <= checkin.week]
    if in_a_row(until_now, Answer.NOT_YET) >= STUCK_AFTER and not _is_known(act, checkin.pair_id):
        recipients.address(act, Kind.STUCK, stuck_subject(checkin.pair_id, checkin.week))


def _is_known(act: Act, pair_id: int) -> bool:
    """Whether the leads heard that a pair has not met at all, and that is so."""
    said = letters.about(act.tx, act.program.id, Kind.STUCK, stuck_subject(pair_id, NEVER_MET))
    met = groups.answers(act.tx, pairs.of_id(act.tx, pair_id)) if said else []
    return bool(said) and not any(one.answer is Answer.MET for one in met)


def _today(act: Act) -> str:
    return local_date(act.now, act.program.calendar.time_zone).isoformat()


def nudge_due(ctx: Context) -> int:
    """Nudge the senior of each pair that has not met ten days after its introduction; gives how many were due."""
    with ctx.read() as act:
        due = pairs.nudges_due(act.tx, act.now - NUDGE_AFTER, BATCH)
    for pair in due:
        with ctx.act(about=OfPair(pair.id)) as act:
            _nudge(act, pair)
    return len(due)


def first_contact_due(ctx: Context) -> int:
    """Look at pairs that have not met three and fourteen days after their introduction; gives how many were due.

    The senior is nudged after three, as after ten, and the leads hear after fourteen.
    """
    with ctx.read() as act:
        due = [(days, pair) for days in (FIRST_NUDGE, LEADS_HEAR) for pair in _introduced_before(act, days)]
    for days, pair in due:
        with ctx.act(about=OfPair(pair.id)) as act:
            if first_contact.note(act.tx, pair, days, act.now) and _should_begin(act, pair):
                _help_begin(act, pair, days)
    return len(due)


def _introduced_before(act: Act, days: int) -> list[Pair]:
    until = act.now - timedelta(days=days)
    return first_contact.due(act.tx, days, until - STILL_NEWS, until, BATCH)


def first_contacts(act: Act) -> list[datetime]:
    """When the next pair is to be looked at after three days, and after fourteen."""
    found = []
    for days in map(timedelta, (FIRST_NUDGE, LEADS_HEAR)):
        introduced = first_contact.next_unseen(act.tx, days.days, act.now - days - STILL_NEWS)
        found += [introduced + days] if introduced else []
    return found


def _help_begin(act: Act, pair: Pair, days: int) -> None:
    if days == FIRST_NUDGE:
        act.say(to_person(Kind.NUDGE, _today(act), pair.mentee_id))
    else:
        recipients.address(act, Kind.STUCK, stuck_subject(pair.id, NEVER_MET))


def _should_begin(act: Act, pair: Pair) -> bool:
    """Whether both of a pair take part, it does not rest, and nothing is known of a meeting."""
    both = members.of_program(act.tx, act.program.id, pair.people).values()
    rests = pair.rests_until is not None
    return not rests and all(member.takes_part for member in both) and not _gets_going(act, pair)


def _nudge(act: Act, pair: Pair) -> None:
    if not pairs.was_nudged(act.tx, pair, act.now):
        return
    if _should_begin(act, pair):
        act.say(to_person(Kind.NUDGE, _today(act), pair.mentee_id))


def _gets_going(act: Act, pair: Pair) -> bool:
    """Whether one of the two, or of their group, has said that they met, or lately that they will."""
    plan = planned.latest(act.tx, pair.id)
    if plan is not None and plan.at > act.now:
        return True
    told = groups.answers(act.tx, pair)
    lately = act.now - PLANNED_HOLDS
    said = (one.answered_at for one in told if one.answer is Answer.PLANNED)
    return any(one.answer is Answer.MET for one in told) or any(at and at > lately for at in said)


def tell_pauses_due(ctx: Context) -> int:
    """Tell the leads once a week who was paused for being silent; gives in how many programs that was news."""
    with ctx.read() as act:
        everywhere = [act.within(program) for program in act.every_program()]
        due = [(one.program.id, week) for one in everywhere if (week := _news(one))]
    for program_id, week in due:
        with ctx.act(about=OfProgram(program_id)) as act:
            act.say(to_leads(Kind.PAUSES, week))
    return len(due)


def _news(act: Act) -> str | None:
    """The week in which the leads are told, if this is one: its Monday morning has come, and somebody is new."""
    tx, program = act.tx, act.program
    zone = program.calendar.time_zone
    this_week = occurrence(PAUSES_ON, local_date(act.now, zone), zone)
    if this_week.at > act.now:
        return None
    told = letters.of_kind(tx, program.id, Kind.PAUSES)
    since = max((letter.created_at for letter in told), default=None)
    known = any(letter.notice.subject == this_week.week for letter in told)
    return None if known or not members.silent(tx, program.id, since, this_week.at) else this_week.week
