"""Who may do what; nothing else in the code decides about that."""

from __future__ import annotations

from mentoring.errors import AdminsOnly, NoProgram, NotAllowed, NotEnrolled
from mentoring.people import Member, Person, Standing
from mentoring.programs import Program
from storage import members, programs
from storage.database import Tx


def program_of(tx: Tx, workspace: str) -> Program:
    """The workspace's program; raises `NoProgram`."""
    program = programs.find(tx, workspace)
    if program is None:
        raise NoProgram
    return program


def led_program(tx: Tx, workspace: str, person_id: str) -> Program:
    """The workspace's program if this person leads it right now; raises `NotAllowed` or `NoProgram`."""
    program = program_of(tx, workspace)
    if person_id not in program.leads:
        raise NotAllowed(program.leads)
    return program


def may_set_up(program: Program | None, person: Person, admins: frozenset[str]) -> bool:
    """Whether this person may create or change the program."""
    return person.admin or person.id in admins or (program is not None and person.id in program.leads)


def require_set_up(program: Program | None, person: Person, admins: frozenset[str]) -> None:
    """Raise `AdminsOnly` unless this person may create or change the program."""
    if not may_set_up(program, person, admins):
        raise AdminsOnly(program.leads if program else ())


def member_of(tx: Tx, program: Program, person_id: str) -> Member:
    """The person's membership; raises `NotEnrolled` for somebody who never joined or has left."""
    member = members.get(tx, program.id, person_id)
    if member is None or member.standing is Standing.LEFT:
        raise NotEnrolled
    return member
