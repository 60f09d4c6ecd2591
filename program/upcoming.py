"""When something happens next, for whoever wants to wait no longer than that."""

from __future__ import annotations

from datetime import datetime

from mentoring.cadence import instant
from mentoring.cycles import cycle_times, due_number
from program import calls, policies, readiness
from program.care import NUDGE_AFTER
from program.context import Context
from storage import pairs, programs, upcoming
from storage import readiness as stored


def next_at(ctx: Context) -> datetime | None:
    """The next moment at which a tick has something to do, which may have passed already; None without a program."""
    with ctx.read() as act:
        moments = upcoming.moments(act.tx, act.now)
        introduced = pairs.first_not_nudged(act.tx)
        if introduced is not None:
            moments.append(introduced + NUDGE_AFTER)
        for program in programs.every(act.tx):
            following = due_number(program.calendar, act.now) + 1
            moments.append(cycle_times(program.calendar, following).proposal_at)
            if stored.asked_for(act.tx, program.id) < following:
                moments.append(readiness.asks_at(program.calendar, following))
            by_rule = policies.next_at(act.tx, program)
            if by_rule is not None:
                moments.append(by_rule)
            for pair in pairs.resting(act.tx, program.id)[:1]:
                assert pair.rests_until is not None, "that is why it was found"
                moments.append(instant(pair.rests_until, 0, program.calendar.time_zone))
        moments += calls.reminders(act)
    return min(moments, default=None)
