"""The public holidays that leads list, so that a rehearsal can warn of what would be sent on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mentoring.cadence import local_date
from mentoring.errors import Invalid
from program import access
from program.context import Context
from storage import programs

MOST = 60
"""More days than any country has in two years."""


def date_there(ctx: Context, workspace: str, lead_id: str) -> date:
    """The date at the program's place. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return local_date(act.now, access.lead(act).calendar.time_zone)


def listed(ctx: Context, workspace: str, lead_id: str) -> list[date]:
    """The days, in order. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return [date.fromisoformat(day) for day in access.lead(act).rules.holidays]


def keep(ctx: Context, workspace: str, lead_id: str, days: Iterable[date]) -> list[date]:
    """List these days instead of those before. Raises like `listed`, or `Invalid` for more than 60."""
    kept = sorted(set(days))
    if len(kept) > MOST:
        raise Invalid({"days": f"Please list at most {MOST} days. Nothing is changed."})
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
