"""Coming back after the directory alone took somebody out: asked once, answered with one tap, and then as it was."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.cadence import local_date
from mentoring.cycles import CycleState
from mentoring.errors import TakesPartAlready
from mentoring.messages import Kind, to_pair, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from program import access, calendar, checkins, matching
from program import members as use_cases
from program.context import Context
from program.notices import absence
from storage import cycles, letters, members, outbox, pairs, programs
from storage.database import Tx
from storage.states import RowState


@dataclass(frozen=True, slots=True)
class Returned:
    """How somebody stands who came back, and with whom a pair goes on."""

    standing: Standing
    partners: tuple[str, ...] = ()


def ask(ctx: Context, tx: Tx, workspace: str, person_id: str) -> None:
    """Ask somebody who is back whether they take part again: once in an absence, however often it is interrupted."""
    for member in members.away(tx, workspace, person_id):
        notice = to_person(Kind.BACK, absence(member), person_id)
        outbox.put_again(tx, member.program_id, notice, ctx.now())


def is_away(ctx: Context, workspace: str, person_id: str) -> bool:
    """Whether this person is out only because the directory said that they are gone."""
    with ctx.database.read() as tx:
        program = programs.find(tx, workspace)
        return program is not None and _away(tx, program, person_id) is not None


def resume(ctx: Context, workspace: str, person_id: str) -> Returned:
    """Bring back whoever was away, as they were, or whoever is paused. Raises `NotEnrolled`."""
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        member = _away(tx, program, person_id)
        if member is not None:
            partners = take_back(ctx, tx, program, member)
            back = access.member_of(tx, program, person_id)
    if member is None:
        return Returned(use_cases.resume(ctx, workspace, person_id).standing)
    ctx.wake()
    return Returned(back.standing, partners)


def decline(ctx: Context, workspace: str, person_id: str) -> None:
    """Leave somebody out who was away. Raises `NotEnrolled`, or says that they take part already."""
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        member = _away(tx, program, person_id)
        if member is None:
            access.member_of(tx, program, person_id)
            raise TakesPartAlready
        members.stay_out(tx, member)
    ctx.wake()


def take_back(ctx: Context, tx: Tx, program: Program, member: Member) -> tuple[str, ...]:
    """Let somebody stand as before their absence; gives those with whom a pair goes on."""
    members.take_back(tx, member, _as_before(ctx, program, member), ctx.now())
    person_id = member.person.id
    cut_off = [pair for pair in pairs.of_person(tx, program.id, person_id, PairState.ENDED) if pair.cut_off]
    going_on = [pair.partner_of(person_id) for pair in cut_off if _goes_on(ctx, tx, program, pair, person_id)]
    return tuple(going_on)


def _as_before(ctx: Context, program: Program, member: Member) -> Standing:
    """How they stand again: paused only if they were, and if that pause has not ended in the meantime."""
    over = member.paused_until and member.paused_until <= local_date(
        ctx.now(), calendar.zone_of(member.person, program)
    )
    return Standing.PAUSED if member.away_from is Standing.PAUSED and not over else Standing.ACTIVE


def _goes_on(ctx: Context, tx: Tx, program: Program, pair: Pair, back: str) -> bool:
    """Let a pair that was cut off go on, if its cycle still runs and nothing forbids it; tells whether it does."""
    cycle = cycles.get(tx, pair.cycle_id)
    if cycle.state is not CycleState.RUNNING and cycle.state is not CycleState.PROPOSED:
        return False
    # Whoever never got their introduction is not introduced while they are paused.
    if matching.what_breaks(tx, program, cycle, pair, goes_on=pair.introduced_at is not None):
        return False
    if not pairs.move(tx, pair, PairState.INTRODUCED, note="", cut_off=None):
        return False
    begin_again(ctx, tx, program, pair)
    tell(ctx, tx, pair, pair.partner_of(back))
    return True


def begin_again(ctx: Context, tx: Tx, program: Program, pair: Pair) -> None:
    """Ask both of a pair again from now on; what was not answered before counts against nobody."""
    both = members.of_program(tx, program.id, pair.people)
    for member in both.values():
        members.count_anew(tx, member, ctx.now())
        checkins.replan(ctx, tx, program, member.person.id)
    if pair.introduced_at is None:
        outbox.put_again(tx, program.id, to_pair(Kind.INTRO, pair.id), ctx.now())


def tell(ctx: Context, tx: Tx, pair: Pair, partner: str) -> None:
    """Tell somebody that their pair goes on, unless word that it was closed has not reached them yet."""
    closed = [
        letter
        for letter in letters.of_kind(tx, pair.program_id, Kind.PAIR_CLOSED, to=partner)
        if letter.notice.subject.partition(".")[0] == str(pair.id)
    ]
    if not any(letter.state is RowState.READY and not letter.fence for letter in closed):
        goes_on = to_person(Kind.PAIR_GOES_ON, f"{pair.id}.{int(ctx.now().timestamp())}", partner)
        outbox.put(tx, pair.program_id, goes_on, ctx.now())


def _away(tx: Tx, program: Program, person_id: str) -> Member | None:
    member = members.get(tx, program.id, person_id)
    return member if member is not None and member.away_since is not None else None
