"""Pausing, coming back and leaving, whether by a person's own wish or because they left the company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mentoring.cadence import local_date
from mentoring.days import full_day
from mentoring.errors import Invalid
from mentoring.messages import Kind, Notice, Status, to_person
from mentoring.pairings import MET, PENDING, STANDING, Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from program import access, calendar, care
from program.context import Context
from storage import checkins, letters, members, outbox, pairs, programs
from storage.database import Tx

LONGEST_PAUSE = timedelta(days=366)
FIRST_TO_SEE_A_DAY = "Pacific/Kiritimati"
"""A new day begins nowhere earlier than here, 14 hours before UTC."""


def pause(ctx: Context, workspace: str, person_id: str, until: date | None = None) -> Member:
    """Take a member out of matching and check-ins, until a date or until they come back.

    Raises `NotEnrolled`, or `Invalid` for a date that is not in the future or more than a year away.
    """
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        member = access.member_of(tx, program, person_id)
        if until is not None:
            _check_end(until, local_date(ctx.now(), calendar.zone_of(member.person, program)))
        rest(ctx, tx, member, until)
        member = access.member_of(tx, program, person_id)
    ctx.wake()
    return member


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
    with ctx.database.read() as tx:
        program = access.program_of(tx, workspace)
        member = access.member_of(tx, program, person_id)
    return local_date(ctx.now(), calendar.zone_of(member.person, program))


def rest(ctx: Context, tx: Tx, member: Member, until: date | None = None, silent: bool = False) -> None:
    """Pause a member, perhaps for having been silent; pairs that were not introduced yet are withdrawn."""
    members.move(tx, member, Standing.PAUSED, until, silent_since=ctx.now() if silent else None)
    for pair in pairs.of_person(tx, member.program_id, member.person.id, *PENDING):
        withdraw(tx, pair, "One of the two has paused.")
    if member.takes_part:  # whoever rests already has been told of
        care.tell_partners(ctx, tx, member)


def resume(ctx: Context, workspace: str, person_id: str) -> Member:
    """Bring a paused member back. Raises `NotEnrolled`."""
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        member = access.member_of(tx, program, person_id)
        _bring_back(ctx, tx, member)
        member = access.member_of(tx, program, person_id)
    ctx.wake()
    return member


def resume_due(ctx: Context) -> int:
    """Bring back everybody whose pause ends today, each at their own place; gives their number."""
    with ctx.database.write() as tx:
        back = [member for program in programs.every(tx) for member in _back_today(ctx, tx, program)]
        for member in back:
            _bring_back(ctx, tx, member)
    if back:
        ctx.wake()
    return len(back)


def _back_today(ctx: Context, tx: Tx, program: Program) -> list[Member]:
    may_be_back = members.back_by(tx, program.id, local_date(ctx.now(), FIRST_TO_SEE_A_DAY))
    return [member for member in may_be_back if _is_back(ctx, program, member)]


def _is_back(ctx: Context, program: Program, member: Member) -> bool:
    today = local_date(ctx.now(), calendar.zone_of(member.person, program))
    return member.paused_until is not None and member.paused_until <= today


def _bring_back(ctx: Context, tx: Tx, member: Member) -> None:
    members.move(tx, member, Standing.ACTIVE, active_since=ctx.now())


def leave(ctx: Context, workspace: str, person_id: str) -> None:
    """Take a member out of the program; their partner hears it in neutral words. Raises `NotEnrolled`."""
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        depart(ctx, tx, access.member_of(tx, program, person_id), "One of the two has left the program.")
    ctx.wake()


def depart(ctx: Context, tx: Tx, member: Member, why: str) -> None:
    """End everything that a member takes part in; `why` is for the leads."""
    members.move(tx, member, Standing.LEFT)
    for pair in _take_out(tx, member, why):
        if pairs.move(tx, pair, PairState.ENDED, note=why):
            stop_checkins(tx, pair)
            _tell_partner(ctx, tx, pair, pair.partner_of(member.person.id))


def cut_off(ctx: Context, tx: Tx, member: Member, why: str) -> None:
    """End the same because the directory says that the member is gone, so that it can go on if they come back."""
    members.go_away(tx, member, ctx.now())
    for pair in _take_out(tx, member, why):
        if pairs.move(tx, pair, PairState.ENDED, note=why, cut_off=ctx.now()):
            # Questions that are open stay so: they fall silent by themselves, unless the pair goes on before.
            _plan_no_checkins(tx, pair)
            _tell_partner(ctx, tx, pair, pair.partner_of(member.person.id))


def _take_out(tx: Tx, member: Member, why: str) -> list[Pair]:
    """Take back the pairs of somebody who is out that were not introduced yet; gives those that were."""
    person_id = member.person.id
    for pair in pairs.of_person(tx, member.program_id, person_id, *PENDING):
        withdraw(tx, pair, why)
    return pairs.of_person(tx, member.program_id, person_id, PairState.INTRODUCED)


def _tell_partner(ctx: Context, tx: Tx, pair: Pair, partner: str) -> None:
    """Tell who is left; somebody whose introduction never arrived has not heard of this pair, only of no partner."""
    if pair.introduced_at is not None:
        outbox.put_again(tx, pair.program_id, _closed(ctx, tx, pair, partner), ctx.now())
    elif not pairs.of_person(tx, pair.program_id, partner, *STANDING):
        outbox.put(tx, pair.program_id, to_person(Kind.NO_PARTNER, pair.cycle_id, partner), ctx.now())


def _closed(ctx: Context, tx: Tx, pair: Pair, partner: str) -> Notice:
    """That a pair is closed, said anew where it was said before and the pair went on since."""
    first = to_person(Kind.PAIR_CLOSED, pair.id, partner)
    said = letters.about(tx, pair.program_id, Kind.PAIR_CLOSED, pair.id)
    read = any(letter.posted for letter in said if letter.notice == first)
    return replace(first, subject=f"{pair.id}.{int(ctx.now().timestamp())}") if read else first


def withdraw(tx: Tx, pair: Pair, why: str) -> bool:
    """Take a pair back before its introduction; tells whether it was still possible."""
    return pairs.move(tx, pair, PairState.WITHDRAWN, note=why)


def stop_checkins(tx: Tx, pair: Pair) -> None:
    """Ask neither side of this pair again."""
    _plan_no_checkins(tx, pair)
    for person_id in pair.people:
        checkins.fall_silent(tx, pair.id, person_id)


def _plan_no_checkins(tx: Tx, pair: Pair) -> None:
    for person_id in pair.people:
        pairs.plan_checkin(tx, pair.id, person_id, None)


def status(ctx: Context, workspace: str, person_id: str) -> Status:
    """Where a member stands. Raises `NotEnrolled`."""
    with ctx.database.read() as tx:
        program = access.program_of(tx, workspace)
        member = access.member_of(tx, program, person_id)
        current = pairs.of_person(tx, program.id, person_id, *MET[:1])
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
        next_intro=calendar.next_intro(program.calendar, ctx.now()),
    )


def _part(pair: Pair, person_id: str) -> str:
    return "mentor" if person_id == pair.mentor_id else "mentee"
