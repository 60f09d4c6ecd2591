"""When something happens next, for whoever wants to wait no longer than that."""

from __future__ import annotations

from datetime import date, datetime

from mentoring.cadence import instant
from mentoring.cycles import cycle_times, due_number
from mentoring.digest import next_after
from mentoring.programs import Program
from program import before_intro, calls, policies, readiness, resolving
from program.calendar import zone_of
from program.care import NUDGE_AFTER, first_contacts
from program.context import Context
from storage import asks, cycles, members, pairs, programs, upcoming
from storage import readiness as stored
from storage.database import Tx


def next_at(ctx: Context) -> datetime | None:
    """The next moment at which a tick has something to do, which may have passed already; None without a program."""
    with ctx.read() as act:
        moments = upcoming.moments(act.tx, act.now)
        introduced = pairs.first_not_nudged(act.tx)
        if introduced is not None:
            moments.append(introduced + NUDGE_AFTER)
        moments += first_contacts(act)
        for program in programs.every(act.tx):
            following = due_number(program.calendar, act.now) + 1
            moments.append(cycle_times(program.calendar, following).proposal_at)
            moments.append(next_after(program.calendar, act.now))
            if stored.asked_for(act.tx, program.id) < following:
                moments.append(readiness.asks_at(program.calendar, following))
            by_rule = policies.next_at(act.tx, program)
            if by_rule is not None:
                moments.append(by_rule)
            for pair in pairs.resting(act.tx, program.id)[:1]:
                assert pair.rests_until is not None, "that is why it was found"
                moments.append(instant(pair.rests_until, 0, program.calendar.time_zone))
            moments += _pauses_end(act.tx, program)
            asks_at = before_intro.next_at(act.within(program))
            if asks_at is not None:
                moments.append(asks_at)
        moments += [*calls.reminders(act), *asks.moments(act.tx)]
        moments += [since + resolving.LEFT_OVER for since in cycles.to_be_resolved(act.tx)]
    return min(moments, default=None)


def _pauses_end(tx: Tx, program: Program) -> list[datetime]:
    """When each pause ends that has an end, at the place of whoever takes it."""
    return [
        instant(member.paused_until, 0, zone_of(member.person, program))
        for member in members.back_by(tx, program.id, date.max)
        if member.paused_until is not None
    ]
