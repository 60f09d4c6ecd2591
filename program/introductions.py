"""Introducing approved pairs: at the cycle's intro time, at once when that has passed, or when a lead says so."""

from __future__ import annotations

from datetime import datetime

from mentoring.cycles import Cycle, CycleState
from mentoring.errors import NothingToIntroduce
from mentoring.messages import Kind, to_leads, to_pair, to_person
from mentoring.pairings import STANDING, Pair, PairState
from mentoring.programs import Program
from program import access, checkins, matching
from program.context import Context
from program.members import withdraw
from program.notices import refresh_pair
from storage import audit, cycles, members, outbox, pairs, programs
from storage.database import Tx


def start_due(ctx: Context) -> int:
    """Introduce the approved pairs of every cycle whose intro time has come; gives how many cycles began."""
    with ctx.database.read() as tx:
        proposed = cycles.in_state(tx, CycleState.PROPOSED)
    due = [cycle for cycle in proposed if cycle.times.intro_at <= ctx.now()]
    return sum(_start(ctx, cycle) for cycle in due)


def introduce_now(ctx: Context, workspace: str, lead_id: str) -> int:
    """Introduce the approved pairs without waiting for intro time; gives their number.

    Raises `NotAllowed`, `NoProgram`, or `NothingToIntroduce`.
    """
    introduced = 0
    with ctx.database.write() as tx:
        program = access.led_program(tx, workspace, lead_id)
        for cycle in cycles.in_state(tx, CycleState.PROPOSED, CycleState.RUNNING):
            if cycle.program_id == program.id:
                introduced += _introduce_all(ctx, tx, program, cycle)
        audit.note(tx, program.id, ctx.now(), lead_id, "introduce", program.id, introduced=introduced)
    ctx.wake()
    if not introduced:
        raise NothingToIntroduce
    return introduced


def introduce(ctx: Context, tx: Tx, program: Program, cycle: Cycle, pair: Pair) -> bool:
    """Introduce one approved pair, or take it back if a hard rule has come to forbid it; tells which."""
    broken = matching.what_breaks(tx, program, cycle, pair)
    if broken:
        withdraw(ctx, tx, pair, broken)
        return False
    if not pairs.move(tx, pair, PairState.INTRODUCED):
        return False
    outbox.put(tx, program.id, to_pair(Kind.INTRO, pair.id), ctx.now())
    refresh_pair(ctx, tx, pair)
    return True


def delivered(tx: Tx, program: Program, pair: Pair, at: datetime, channel: str) -> None:
    """The introduction stands in the pair's group DM: from now on the weekly check-ins count."""
    if pairs.was_introduced(tx, pair.id, at, channel):
        checkins.plan_first(tx, program, pair, at)
        outbox.refresh(tx, program.id, Kind.CARD, pair.id, at)


def _start(ctx: Context, cycle: Cycle) -> bool:
    with ctx.database.write() as tx:
        if not cycles.move(tx, cycle, CycleState.RUNNING):
            return False
        program = programs.get(tx, cycle.program_id)
        _introduce_all(ctx, tx, program, cycle)
        if members.count(tx, program.id):
            outbox.put(tx, program.id, to_leads(Kind.INTRO_TIME, cycle.id), ctx.now())
            _tell_unpaired(ctx, tx, program, cycle)
    ctx.wake()
    return True


def _introduce_all(ctx: Context, tx: Tx, program: Program, cycle: Cycle) -> int:
    approved = pairs.of_cycle(tx, cycle.id, PairState.APPROVED)
    return sum(introduce(ctx, tx, program, cycle, pair) for pair in approved)


def _tell_unpaired(ctx: Context, tx: Tx, program: Program, cycle: Cycle) -> None:
    """Tell everybody who takes part and has no pair in this cycle, not even one that still waits for a lead."""
    paired = {person for pair in pairs.of_cycle(tx, cycle.id, *STANDING) for person in pair.people}
    everybody = members.of_program(tx, program.id).items()
    alone = [person_id for person_id, member in everybody if member.takes_part and person_id not in paired]
    notices = (to_person(Kind.NO_PARTNER, cycle.id, person_id) for person_id in alone)
    outbox.put_all(tx, program.id, notices, ctx.now())
