"""When a pair says that it meets: said once for both, corrected by either, and the next question comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.cadence import local_date
from mentoring.checkins import Answer, CheckIn, CheckInState
from mentoring.days import full_day
from mentoring.errors import Invalid, NoSuchPair
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from mentoring.planned import Planned
from mentoring.programs import Program
from program import access, asking, groups, seeing
from program.act import Act
from program.at_work import of_member
from program.context import Context
from program.subjects import OfCheckIn, OfPair
from storage import checkins, cycles, members, pairs, planned, sides
from storage.database import Tx

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WhenForm:
    """What somebody reads who is to say when they meet: with whom, and the moment that is suggested or was said."""

    pair_id: int
    partner_id: str
    suggested: datetime
    said_by: str = ""


def form(ctx: Context, workspace: str, person_id: str, checkin_id: int) -> WhenForm:
    """What to ask about the pair of a check-in. Raises `NoSuchPair`, or `NotEnrolled`."""
    with ctx.read(workspace, person_id, OfCheckIn(checkin_id)) as act:
        member = access.member(act)
        checkin = checkins.get(act.tx, checkin_id)
        pair_id = checkin.pair_id if checkin and checkin.person_id == person_id else 0
        return _form(act, member, _own(act, pair_id))


def form_of_pair(ctx: Context, workspace: str, person_id: str, pair_id: int) -> WhenForm:
    """The same about a pair, whether somebody is asked about it now or not."""
    with ctx.read(workspace, person_id, OfPair(pair_id)) as act:
        return _form(act, access.member(act), _own(act, pair_id))


def _form(act: Act, member: Member, pair: Pair) -> WhenForm:
    plan = planned.latest(act.tx, pair.id)
    ahead = plan if plan is not None and plan.at > act.now else None
    said = (ahead.at, ahead.said_by) if ahead else (_soon(act.program, member, act.now), "")
    return WhenForm(pair.id, pair.partner_of(act.by), *said)


def _soon(program: Program, member: Member, now: datetime) -> datetime:
    """The beginning of the second working day from now, to the full hour: what most people change a little."""
    work = of_member(member, program)
    opens = work.opens_at(now + 2 * A_DAY)
    full = opens.replace(minute=0, second=0, microsecond=0)
    return full if full >= opens else full + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OwnPairs:
    """The pairs of somebody that can plan a meeting, and the time zone and the moment in which they type."""

    pairs: tuple[Pair, ...]
    zone: str
    now: datetime


def pairs_of(ctx: Context, workspace: str, person_id: str) -> OwnPairs:
    """The pairs of somebody that can plan a meeting. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        member = access.member(act)
        found = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
        introduced = tuple(one for one in found if one.introduced_at)
        return OwnPairs(introduced, of_member(member, act.program).zone, act.now)


def plan(ctx: Context, workspace: str, person_id: str, pair_id: int, at: datetime) -> Planned:
    """Keep when a pair meets, and ask both after it; this week's question is answered with it, if it was not.

    Raises `NoSuchPair`, `NotEnrolled`, or `Invalid` for a time that has passed or lies beyond the pair's cycle.
    """
    with ctx.act(workspace, person_id, OfPair(pair_id)) as act:
        member = access.member(act)
        pair = _own(act, pair_id)
        _check(act, pair, member, at)
        before = planned.latest(act.tx, pair.id)
        if before is None or before.at != at:
            for one in groups.going_on(act.tx, pair):
                planned.say(act.tx, one.id, at, act.by, act.now)
                _ask_both_after(act, one)
        _answer(act, pair, member)
        seeing.follow_pair(act, pair)
        said = planned.latest(act.tx, pair.id)
        assert said is not None, "it was said a line ago"
        return said


def _own(act: Act, pair_id: int) -> Pair:
    """A pair of whoever acts that goes on and was introduced."""
    pair = pairs.get(act.tx, act.program.id, pair_id)
    if pair is None or act.by not in pair.people:
        raise NoSuchPair
    if pair.state is not PairState.INTRODUCED or pair.introduced_at is None:
        raise NoSuchPair
    return pair


def _check(act: Act, pair: Pair, member: Member, at: datetime) -> None:
    if at <= act.now:
        raise Invalid({"when": "That time has passed. Choose one that is still to come."})
    ends_at = cycles.get(act.tx, pair.cycle_id).times.ends_at
    if at >= ends_at:
        day = full_day(local_date(ends_at, of_member(member, act.program).zone))
        raise Invalid({"when": f"This pair's cycle ends on {day}. Choose a time before that."})


def _ask_both_after(act: Act, pair: Pair) -> None:
    """Ask each of the two on the working day after the meeting, and not before."""
    for person_id in pair.people:
        member = members.get(act.tx, pair.program_id, person_id)
        plan = pending(act.tx, act.program, pair, member, act.now) if member else None
        if member is not None and plan is not None:
            sides.plan_checkin(act.tx, pair.id, person_id, asking.after_meeting(act.program, member, plan.at))


def _answer(act: Act, pair: Pair, member: Member) -> None:
    """Whoever says when they meet has answered this week's question, unless they had something else to say."""
    week = asking.this_week(act.program, member, act.now)
    mine = checkins.of_week(act.tx, pair.id, act.by, week)
    open_ = mine is not None and mine.state is not CheckInState.SKIPPED
    if mine is not None and open_ and mine.answer in (None, Answer.NOT_YET):
        checkins.answer(act.tx, mine, Answer.PLANNED, act.now)


def pending(tx: Tx, program: Program, pair: Pair, member: Member, now: datetime) -> Planned | None:
    """The meeting after which this side is still to be asked; None where there is none, or it is too late to ask."""
    plan = planned.latest(tx, pair.id)
    if plan is None:
        return None
    asks_at = asking.after_meeting(program, member, plan.at)
    if now >= asking.day_over(program, member, asks_at) or _is_told(tx, pair, member.person.id, plan):
        return None
    return plan


def _is_told(tx: Tx, pair: Pair, person_id: str, plan: Planned) -> bool:
    """Whether somebody was asked after that meeting already, or told by themselves how it went."""
    asked = planned.last_asked_after(tx, pair.id, person_id)
    if asked is not None and asked[0] >= plan.id:
        return True
    told = (one.answered_at for one in checkins.of_side(tx, pair.id, person_id))
    return any(at is not None and at >= plan.at for at in told)


def next_question(tx: Tx, program: Program, pair: Pair, member: Member, after: datetime) -> datetime:
    """When a side is asked next: after the meeting that is planned, or else at the next usual time."""
    plan = pending(tx, program, pair, member, after)
    if plan is not None and (asks_at := asking.after_meeting(program, member, plan.at)) > after:
        return asks_at
    asked = planned.last_asked_after(tx, pair.id, member.person.id)
    return asking.weekly_after(program, member, after, asked[1] if asked else None)


def opened_after(act: Act, pair: Pair, member: Member, plan: Planned) -> CheckIn | None:
    """Open the question after a meeting in the week it falls into; None where they have met in it already."""
    tx, person_id = act.tx, member.person.id
    week = asking.week_at(act.program, member, act.now)
    checkins.open_once(tx, pair.id, person_id, week, CheckInState.ASKED)
    checkin = checkins.of_week(tx, pair.id, person_id, week)
    assert checkin is not None, "it was stored a line ago, if not before"
    if checkin.answer is Answer.MET:
        return None
    asked_before = checkin.asked_at is not None
    if checkin.state is not CheckInState.ASKED or asked_before:
        checkins.ask_anew(tx, checkin)
    planned.asks_after(tx, checkin, plan, act.now, also_weekly=asked_before)
    return checkin
