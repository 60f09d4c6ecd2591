"""Pausing, coming back and leaving, whether by a person's own wish or because they left the company."""

from __future__ import annotations

from datetime import date, timedelta

from mentoring.cadence import local_date
from mentoring.checkins import CheckInState
from mentoring.days import full_day
from mentoring.errors import Invalid
from mentoring.messages import Kind, Status, to_person
from mentoring.pairings import MET, PENDING, STANDING, Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from program import access, calendar
from program.context import Context
from program.notices import refresh_pair
from storage import checkins, members, outbox, pairs, programs
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


def rest(ctx: Context, tx: Tx, member: Member, until: date | None = None) -> None:
    """Pause a member; pairs that were not introduced yet are taken back."""
    members.move(tx, member, Standing.PAUSED, until)
    for pair in pairs.of_person(tx, member.program_id, member.person.id, *PENDING):
        withdraw(ctx, tx, pair, "One of the two has paused.")


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
    for letter in outbox.of_person(tx, member.program_id, Kind.SILENCE, member.person.id):
        outbox.refresh(tx, member.program_id, Kind.SILENCE, letter.notice.subject, ctx.now())


def leave(ctx: Context, workspace: str, person_id: str) -> None:
    """Take a member out of the program; their partner hears it in neutral words. Raises `NotEnrolled`."""
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        depart(
            ctx, tx, program, access.member_of(tx, program, person_id), "One of the two has left the program."
        )
    ctx.wake()


def depart(ctx: Context, tx: Tx, program: Program, member: Member, why: str) -> None:
    """End everything that a member takes part in; `why` is for the leads."""
    members.move(tx, member, Standing.LEFT)
    person_id = member.person.id
    for pair in pairs.of_person(tx, program.id, person_id, *PENDING):
        withdraw(ctx, tx, pair, why)
    for pair in pairs.of_person(tx, program.id, person_id, PairState.INTRODUCED):
        if pairs.move(tx, pair, PairState.ENDED, note=why):
            stop_checkins(ctx, tx, pair)
            _tell_partner(ctx, tx, pair, pair.partner_of(person_id))
            refresh_pair(ctx, tx, pair)


def _tell_partner(ctx: Context, tx: Tx, pair: Pair, partner: str) -> None:
    """Tell who is left; somebody whose introduction never arrived has not heard of this pair, only of no partner."""
    if pair.introduced_at is not None:
        outbox.put(tx, pair.program_id, to_person(Kind.PAIR_CLOSED, pair.id, partner), ctx.now())
    elif not pairs.of_person(tx, pair.program_id, partner, *STANDING):
        outbox.put(tx, pair.program_id, to_person(Kind.NO_PARTNER, pair.cycle_id, partner), ctx.now())


def withdraw(ctx: Context, tx: Tx, pair: Pair, why: str) -> bool:
    """Take a pair back before its introduction; tells whether it was still possible."""
    if not pairs.move(tx, pair, PairState.WITHDRAWN, note=why):
        return False
    refresh_pair(ctx, tx, pair)
    return True


def stop_checkins(ctx: Context, tx: Tx, pair: Pair) -> None:
    """Ask neither side of this pair again, and show so on the questions that are still open."""
    for person_id in pair.people:
        pairs.plan_checkin(tx, pair.id, person_id, None)
        for checkin in checkins.of_side(tx, pair.id, person_id):
            if checkin.state in (CheckInState.ASKED, CheckInState.REASKED):
                for kind in (Kind.CHECKIN, Kind.REASK):
                    outbox.refresh(tx, pair.program_id, kind, checkin.id, ctx.now())
        checkins.fall_silent(tx, pair.id, person_id)


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
        next_intro=calendar.next_intro(program, ctx.now()),
    )


def _part(pair: Pair, person_id: str) -> str:
    return "mentor" if person_id == pair.mentor_id else "mentee"
