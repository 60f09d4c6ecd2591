"""Pausing, coming back and leaving, whether by a person's own wish or because they left the company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mentoring.cadence import local_date
from mentoring.days import full_day
from mentoring.errors import Invalid
from mentoring.messages import Kind, Notice, to_person
from mentoring.pairings import PENDING, STANDING, Because, Cause, Pair, PairState
from mentoring.people import Member, Standing
from program import access, calendar, groups, late_pairs, stranded
from program.act import Act
from program.context import Context
from program.forms import Status
from program.notices import since
from storage import checkins, experiences, meetings, members, pairs, programs, sides
from storage.database import Tx
from storage.outbox import letters

LONGEST_PAUSE = timedelta(days=366)
FIRST_TO_SEE_A_DAY = "Pacific/Kiritimati"
"""A new day begins nowhere earlier than here, 14 hours before UTC."""


def pause(ctx: Context, workspace: str, person_id: str, until: date | None = None) -> Member:
    """Take a member out of matching and check-ins, until a date or until they come back.

    Raises `NotEnrolled`, or `Invalid` for a date that is not in the future or more than a year away.
    """
    with ctx.act(workspace, person_id) as act:
        member = access.member(act)
        if until is not None:
            _check_end(until, _today(act, member))
        rest(act, member, until)
        return access.member(act)


def _check_end(until: date, today: date) -> None:
    """Raise `Invalid` with the day as it was understood, so that a slip is seen."""
    if until <= today:
        when = "is today" if until == today else "has passed"
        raise Invalid({"until": f"{full_day(until)} {when}. Choose a date after today."})
    if until > today + LONGEST_PAUSE:
        raise Invalid(
            {
                "until": f"{full_day(until)} is more than a year away. Choose an earlier date, "
                "or pause without one and come back when you like."
            }
        )


def today(ctx: Context, workspace: str, person_id: str) -> date:
    """The date at a member's place. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        return _today(act, access.member(act))


def _today(act: Act, member: Member) -> date:
    return local_date(act.now, calendar.zone_of(member.person, act.program))


def rest(act: Act, member: Member, until: date | None = None, silent: bool = False) -> None:
    """Pause a member, perhaps for having been silent; pairs that were not introduced yet are withdrawn."""
    members.move(act.tx, member, Standing.PAUSED, until, silent_since=act.now if silent else None)
    for pair in pairs.of_person(act.tx, member.program_id, member.person.id, *PENDING):
        withdraw(act.tx, pair, Because(Cause.PAUSED))
    if member.takes_part:  # whoever rests already has been told of
        stranded.somebody_rests(act, member)


def resume(ctx: Context, workspace: str, person_id: str) -> Member:
    """Bring a paused member back. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        _bring_back(act, access.member(act))
        return access.member(act)


def resume_due(ctx: Context) -> int:
    """Bring back everybody whose pause ends today, each at their own place, and say so; gives their number."""
    with ctx.act() as act:
        some = members.is_anybody_back(act.tx, local_date(act.now, FIRST_TO_SEE_A_DAY))
        everywhere = [act.within(program) for program in programs.every(act.tx)] if some else []
        back = [(one, member) for one in everywhere for member in _back_today(one)]
        for one, member in back:
            _bring_back(one, member)
            one.say(to_person(Kind.PAUSE_OVER, int(act.now.timestamp()), member.person.id))
    return len(back)


def _back_today(act: Act) -> list[Member]:
    may_be_back = members.back_by(act.tx, act.program.id, local_date(act.now, FIRST_TO_SEE_A_DAY))
    return [member for member in may_be_back if _is_back(act, member)]


def _is_back(act: Act, member: Member) -> bool:
    return member.paused_until is not None and member.paused_until <= _today(act, member)


def _bring_back(act: Act, member: Member) -> None:
    back = members.move(act.tx, member, Standing.ACTIVE, active_since=act.now)
    late_pairs.look_for(act, member.person.id)
    if back and not member.takes_part:  # whoever takes part already has not been away
        stranded.is_back(act, member.person.id)


def leave(ctx: Context, workspace: str, person_id: str) -> None:
    """Take a member out of the program; their partner hears it in neutral words. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        depart(act, access.member(act), Because(Cause.LEFT))


def depart(act: Act, member: Member, why: Because) -> None:
    """End everything that a member takes part in; `why` is for the leads."""
    members.move(act.tx, member, Standing.LEFT)
    experiences.take_back(act.tx, member.program_id, member.person.id)
    for pair in _take_out(act.tx, member, why):
        if pairs.move(act.tx, pair, PairState.ENDED, why=why):
            stop_checkins(act.tx, pair)
            _tell_others(act, pair, member.person.id)


def cut_off(act: Act, member: Member, why: Because) -> None:
    """End the same because the directory says that the member is gone, so that it can go on if they come back."""
    members.go_away(act.tx, member, act.now)
    for pair in _take_out(act.tx, member, why):
        if pairs.move(act.tx, pair, PairState.ENDED, why=why, cut_off=act.now):
            # Questions that are open stay so: they fall silent by themselves, unless the pair goes on before.
            _plan_no_checkins(act.tx, pair)
            _tell_others(act, pair, member.person.id)


def _take_out(tx: Tx, member: Member, why: Because) -> list[Pair]:
    """Take back the pairs of somebody who is out that were not introduced yet; gives those that were."""
    person_id = member.person.id
    for pair in pairs.of_person(tx, member.program_id, person_id, *PENDING):
        withdraw(tx, pair, why)
    return pairs.of_person(tx, member.program_id, person_id, PairState.INTRODUCED)


def _tell_others(act: Act, pair: Pair, gone: str) -> None:
    """Tell who is left of a pair, and the other mentors in its conversation if it was a mentor who is gone."""
    tell_closed(act, pair, pair.partner_of(gone))
    if pair.introduced_at is None:
        groups.drop_out(act, pair)
    elif gone == pair.mentor_id:
        _tell_mates(act, pair)


def tell_everybody(act: Act, pair: Pair, but: str = "") -> None:
    """Tell both of a pair that was ended, and the mentors with whom the mentee goes on; not whoever ended it."""
    for person_id in pair.people:
        if person_id != but:
            tell_closed(act, pair, person_id)
    if pair.introduced_at is None:
        groups.drop_out(act, pair)
    else:
        _tell_mates(act, pair)


def _tell_mates(act: Act, pair: Pair) -> None:
    for mentor_id in groups.mates(act.tx, pair):
        act.say_again(_closed(act, pair, mentor_id))


def tell_closed(act: Act, pair: Pair, partner: str) -> None:
    """Tell one of a pair that is over, in neutral words.

    Somebody whose introduction never arrived has not heard of this pair, only of no partner.
    """
    if pair.introduced_at is not None:
        act.say_again(_closed(act, pair, partner))
        stranded.is_closed(act, pair, partner)
    elif not pairs.of_person(act.tx, pair.program_id, partner, *STANDING):
        act.say(to_person(Kind.NO_PARTNER, pair.cycle_id, partner))


def _closed(act: Act, pair: Pair, partner: str) -> Notice:
    """That a pair is closed, said anew where it was said before and the pair went on since."""
    first = to_person(Kind.PAIR_CLOSED, pair.id, partner)
    said = letters.about(act.tx, pair.program_id, Kind.PAIR_CLOSED, pair.id)
    read = any(letter.posted for letter in said if letter.notice == first)
    return replace(first, subject=since(pair.id, act.now)) if read else first


def withdraw(tx: Tx, pair: Pair, why: Because) -> bool:
    """Take a pair back before its introduction; tells whether it was still possible."""
    return pairs.move(tx, pair, PairState.WITHDRAWN, why=why)


def stop_checkins(tx: Tx, pair: Pair) -> None:
    """Ask neither side of this pair again. What a mentee is asked about several mentors stays while one goes on."""
    _plan_no_checkins(tx, pair)
    checkins.fall_silent(tx, pair.id, pair.mentor_id)
    if not any(one.id != pair.id for one in groups.going_on(tx, pair)):
        for one in groups.of_pair(tx, pair):
            checkins.fall_silent(tx, one.id, pair.mentee_id)


def _plan_no_checkins(tx: Tx, pair: Pair) -> None:
    for person_id in pair.people:
        sides.plan_checkin(tx, pair.id, person_id, None)


def status(ctx: Context, workspace: str, person_id: str) -> Status:
    """Where a member stands. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        program, member = act.program, access.member(act)
        current = pairs.of_person(act.tx, program.id, person_id, PairState.INTRODUCED)
        together = [one for pair in current if (one := _others(act.tx, pair, person_id))]
        far = meetings.progress(act.tx, [pair.id for pair in current if pair.introduced_at])
    profile = member.profile
    return Status(
        program=program.name,
        standing=member.standing,
        role=profile.role,
        paused_until=member.paused_until,
        shares=profile.shares,
        wants=profile.wants,
        has_level=profile.level is not None,
        partners=tuple((pair.partner_of(person_id), _part(pair, person_id)) for pair in current),
        next_intro=calendar.next_intro(program.calendar, act.now),
        together=tuple(dict.fromkeys(together)),
        progress={pair.partner_of(person_id): far[pair.id] for pair in current if pair.id in far},
    )


def _others(tx: Tx, pair: Pair, person_id: str) -> tuple[str, ...]:
    """The others in a conversation with several mentors; nobody where there is one."""
    going_on = groups.going_on(tx, pair)
    return tuple(one for one in groups.people_of(going_on) if one != person_id) if len(going_on) > 1 else ()


def _part(pair: Pair, person_id: str) -> str:
    return "mentor" if person_id == pair.mentor_id else "mentee"
