"""Pairs that wait, looked at again when something changes: what has become impossible is withdrawn at once."""

from __future__ import annotations

from mentoring.pairings import PENDING, Pair
from mentoring.programs import Program
from program import matching
from program.context import AT_ONCE, Context
from program.members import withdraw
from program.subjects import OfProgram
from storage import cycles, pairs, partings, programs
from storage.database import Tx


def of_person(tx: Tx, program: Program, person_id: str) -> None:
    """Take back those of somebody's pairs that a hard rule has come to forbid and that are not introduced yet.

    Those that were are looked at soon.
    """
    _recheck(tx, program, pairs.of_person(tx, program.id, person_id, *PENDING))
    partings.look_again(tx, program.id, [person_id])


def due(ctx: Context) -> int:
    """The same for every pair of a program whose rules or reporting lines changed; gives how many were looked at."""
    with ctx.read() as act:
        waiting = programs.to_recheck(act.tx)
    return sum(_all_of(ctx, program_id) for program_id in waiting)


def _all_of(ctx: Context, program_id: int) -> int:
    looked_at, more = 0, True
    while more:
        with ctx.act(about=OfProgram(program_id)) as act:
            some = pairs.to_recheck(act.tx, program_id, PENDING, AT_ONCE)
            _recheck(act.tx, act.program, some)
            more = len(some) == AT_ONCE
            programs.recheck_from(act.tx, program_id, some[-1].id + 1 if more else None)
        looked_at += len(some)
    return looked_at


def _recheck(tx: Tx, program: Program, waiting: list[Pair]) -> None:
    for pair in waiting:
        broken = matching.what_breaks(tx, program, cycles.get(tx, pair.cycle_id), pair)
        if broken:
            withdraw(tx, pair, broken)
