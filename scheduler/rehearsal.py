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
    """What the program of a lead would send in so many weeks from now, as far as leads may know.

    Raises `NotAllowed` or `NoProgram`.
    """
    program = rehearsal.program_of(ctx, workspace, lead_id)
    return rehearsal.run_ahead(ctx, jobs.tick, program, weeks, answered, for_leads=True)


def run_ahead(ctx: Context, program: Program, weeks: int, answered: bool = True) -> Rehearsal:
    """All of it, for whoever runs the bot."""
    return rehearsal.run_ahead(ctx, jobs.tick, program, weeks, answered)
