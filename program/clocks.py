"""Clocks that change: shared hours on screen follow the day on which somebody's clock moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mentoring.cadence import local_date
from mentoring.programs import Program
from program import calendar
from program.context import Context
from storage import members, programs
from storage.database import Tx

NOON = time(12)
"""Clocks are moved at night, so at noon they stand as they do for the day's work."""


def follow(ctx: Context) -> int:
    """Let every program's shared hours follow today's clocks; gives in how many some may have moved."""
    with ctx.database.read() as tx:
        due = [program for program in programs.every(tx) if _is_due(ctx, tx, program)]
    moved = sum(_follow(ctx, program) for program in due)
    if moved:
        ctx.wake()
    return moved


def _is_due(ctx: Context, tx: Tx, program: Program) -> bool:
    return programs.hours_on(tx, program.id) != _today(ctx, program)


def _follow(ctx: Context, program: Program) -> bool:
    today = _today(ctx, program)
    with ctx.database.write() as tx:
        before = programs.hours_on(tx, program.id)
        everybody = members.of_program(tx, program.id).values()
        zones = {calendar.zone_of(member.person, program) for member in everybody}
        # Before the first time, shared hours followed the clocks of the day on which a cycle starts.
        moved = before is None or clocks_differ(zones, before, today)
        programs.set_hours_on(tx, program.id, today, moved)
    return moved and before is not None


def _today(ctx: Context, program: Program) -> date:
    return local_date(ctx.now(), program.calendar.time_zone)


def clocks_differ(zones: Iterable[str], one: date, other: date) -> bool:
    """Whether any of these time zones has another offset from UTC on the second day than on the first."""
    return any(_offset(zone, one) != _offset(zone, other) for zone in zones)


def _offset(zone: str, day: date) -> object:
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(zone)).utcoffset()
