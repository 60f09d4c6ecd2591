"""The public holidays that leads list, so that a rehearsal can warn of what would be sent on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mentoring.cadence import local_date
from mentoring.errors import TooManyToRehearse
from mentoring.programs import Program
from program import access
from program.context import Context
from storage import members, programs

MOST = 60
"""More days than any country has in two years."""

FEW_ENOUGH = 300
"""So many people who take part can be rehearsed while a lead waits; more take minutes."""


def require_small(ctx: Context, workspace: str, lead_id: str) -> None:
    """Raise `TooManyToRehearse` where somebody would wait too long; also `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        taking_part = members.count(act.tx, access.lead(act).id)
    if taking_part > FEW_ENOUGH:
        raise TooManyToRehearse(taking_part)


def program_of(ctx: Context, workspace: str, lead_id: str) -> Program:
    """The program that somebody leads. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return access.lead(act)


def date_there(ctx: Context, workspace: str, lead_id: str) -> date:
    """The date at the program's place. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return local_date(act.now, access.lead(act).calendar.time_zone)


def listed(ctx: Context, workspace: str, lead_id: str) -> list[date]:
    """The days, in order. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return [date.fromisoformat(day) for day in access.lead(act).rules.holidays]


def keep(ctx: Context, workspace: str, lead_id: str, days: Iterable[date]) -> list[date]:
    """List these days instead of those before; at most 60 are kept. Raises like `listed`."""
    kept = sorted(set(days))[:MOST]
    with ctx.act(workspace, lead_id) as act:
        program = access.lead(act)
        written = tuple(day.isoformat() for day in kept)
        if written != program.rules.holidays:
            programs.set_rules(act.tx, program.id, replace(program.rules, holidays=written))
            act.note(
                "holidays",
                program.id,
                before={"holidays": list(program.rules.holidays)},
                after={"holidays": list(written)},
            )
    return kept
