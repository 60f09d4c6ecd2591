"""When something happens next, for whoever wants to wait no longer than that."""

from __future__ import annotations

from datetime import datetime

from mentoring.cycles import cycle_times, due_number
from program.care import NUDGE_AFTER
from program.context import Context
from storage import pairs, programs, upcoming


def next_at(ctx: Context) -> datetime | None:
    """The next moment at which a tick has something to do, which may have passed already; None without a program."""
    with ctx.database.read() as tx:
        moments = upcoming.moments(tx, ctx.now())
        introduced = pairs.first_not_nudged(tx)
        if introduced is not None:
            moments.append(introduced + NUDGE_AFTER)
        for program in programs.every(tx):
            following = due_number(program.calendar, ctx.now()) + 1
            moments.append(cycle_times(program.calendar, following).proposal_at)
    return min(moments, default=None)
