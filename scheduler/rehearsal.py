"""Running the program ahead with everything that ticks, for a lead who asks and for the command line."""

from __future__ import annotations

from mentoring.programs import Program
from mentoring.rehearsing import DEFAULT_WEEKS, Rehearsal
from program import rehearsal
from program.context import Context
from scheduler import jobs


def rehearse(
    ctx: Context, workspace: str, lead_id: str, weeks: int = DEFAULT_WEEKS, answered: bool = True
) -> Rehearsal:
    """What the program of a lead would send in so many weeks from now. Raises `NotAllowed` or `NoProgram`."""
    return run_ahead(ctx, rehearsal.program_of(ctx, workspace, lead_id), weeks, answered)


def run_ahead(ctx: Context, program: Program, weeks: int, answered: bool = True) -> Rehearsal:
    """The same for whoever need not be asked who they are."""
    return rehearsal.run_ahead(ctx, jobs.tick, program, weeks, answered)
