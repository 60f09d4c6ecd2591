"""What is on record: who decided what, whom that is taken out of, and moments that have yet to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from mentoring.errors import StillHere
from mentoring.people import Standing
from mentoring.programs import Program
from program.act import Act
from program.context import Context
from program.outgoing import LEASE
from storage import ahead, audit, members, programs
from storage.audit import Entry

LONGEST_WAIT: Final = timedelta(hours=25)
"""No message waits longer to be tried again: Slack may ask for a day at most (`bot.slack.errors`)."""

LONGEST_HOLD: Final = timedelta(days=8)
"""No message waits longer for its readers' working time: there is some in every week."""

SLACK: Final = timedelta(minutes=5)
"""The clocks of several processes may be so far apart."""


def latest(ctx: Context) -> datetime | None:
    """When the last thing on record was done, or None when nothing is."""
    with ctx.read() as act:
        return audit.latest(act.tx)


def entries(
    ctx: Context, since: datetime | None = None, before: datetime | None = None
) -> Iterator[tuple[str, Entry]]:
    """(program, entry) of the audit log in a span of time, program by program, oldest first."""
    with ctx.read() as act:
        for program in programs.every(act.tx):
            for entry in audit.all_entries(act.tx, program.id, since, before):
                yield program.name, entry


def erase(ctx: Context, person_id: str) -> int:
    """Take somebody's id out of the audit log, for good; gives from how many entries. Raises `StillHere`."""
    with ctx.act() as act:
        every = programs.every(act.tx)
        if any(_is_here(act, program, person_id) for program in every):
            raise StillHere
        found = {program.id: audit.erase(act.tx, program.id, person_id) for program in every}
        for program_id, number in found.items():
            if number:
                told = (act.tx, program_id, act.now, audit.COMMAND_LINE, "erase from log", program_id)
                audit.note(*told, after={"entries": number})
    return sum(found.values())


def _is_here(act: Act, program: Program, person_id: str) -> bool:
    member = members.get(act.tx, program.id, person_id)
    return person_id in program.leads or (member is not None and member.standing is not Standing.LEFT)


def bring_near(ctx: Context) -> int:
    """Let go what was put off further than anything ever is; gives how much there was.

    A message that was held for working time is held again when it is looked at, until the right moment.
    """
    with ctx.read() as act:
        limits = ahead.Limits(act.now, act.now + SLACK, LONGEST_WAIT, LONGEST_HOLD, LEASE)
        if not ahead.is_anything(act.tx, limits):
            return 0
    with ctx.act() as act:
        return ahead.bring_near(act.tx, limits)
