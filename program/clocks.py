"""Clocks that change: shared hours on screen follow the day on which somebody's clock moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mentoring.cadence import local_date
from program import calendar
from program.context import Context
from program.subjects import OfProgram
from storage import members, programs

NOON = time(12)
"""Clocks are moved at night, so at noon they stand as they do for the day's work."""


def follow(ctx: Context) -> int:
    """Let every program's shared hours follow today's clocks; gives in how many some may have moved."""
    with ctx.read() as act:
        known = programs.worked_out(act.tx)
        due = [program_id for program_id, zone, day in known if day != local_date(act.now, zone)]
    return sum(_follow(ctx, program_id) for program_id in due)


def _follow(ctx: Context, program_id: int) -> bool:
    with ctx.act(about=OfProgram(program_id)) as act:
        tx, program = act.tx, act.program
        today = local_date(act.now, program.calendar.time_zone)
        before = programs.hours_on(tx, program.id)
        zones = {calendar.zone_here(zone, program) for zone in members.time_zones(tx, program.id)}
        # Before the first time, shared hours followed the clocks of the day on which a cycle starts.
        moved = before is None or clocks_differ(zones, before, today)
        programs.set_hours_on(tx, program.id, today, moved)
    return moved and before is not None


def clocks_differ(zones: Iterable[str], one: date, other: date) -> bool:
    """Whether any of these time zones has another offset from UTC on the second day than on the first."""
    return any(_offset(zone, one) != _offset(zone, other) for zone in zones)


def _offset(zone: str, day: date) -> object:
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(zone)).utcoffset()
