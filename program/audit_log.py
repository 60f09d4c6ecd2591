"""The audit log as whoever runs the bot reads it, and whom they take out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mentoring.errors import StillHere
from mentoring.people import Standing
from mentoring.programs import Program
from program.act import Act
from program.context import Context
from storage import audit, members, programs
from storage.audit import Entry


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
