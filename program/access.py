"""Who may do what; nothing else in the code decides about that."""

from __future__ import annotations

from mentoring.errors import AdminsOnly, NoProgram, NotAllowed, NotEnrolled
from mentoring.messages import Kind
from mentoring.people import Member, Person, Standing
from mentoring.programs import Program
from program import recipients
from storage import members, people, programs
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
    if not leads(tx, program, person_id):
        raise NotAllowed(recipients.leads(tx, program))
    return program


def leads(tx: Tx, program: Program, person_id: str) -> bool:
    """Whether this person leads the program right now."""
    return person_id in program.leads and recipients.is_fit(
        program, people.get(tx, program.workspace, person_id)
    )


def settled_program(tx: Tx, workspace: str, person_id: str, admins: frozenset[str], row_id: int) -> Program:
    """The workspace's program if this person may say what became of that message: a lead, or an admin who was asked.

    Raises `NotAllowed` or `NoProgram`.
    """
    program = program_of(tx, workspace)
    if not leads(tx, program, person_id) and not _was_asked(tx, program, person_id, admins, row_id):
        raise NotAllowed(recipients.leads(tx, program))
    return program


def _was_asked(tx: Tx, program: Program, person_id: str, admins: frozenset[str], row_id: int) -> bool:
    person = people.get(tx, program.workspace, person_id)
    is_admin = person_id in admins or (person is not None and person.admin)
    return is_admin and person_id in recipients.told(tx, program, Kind.UNCONFIRMED, row_id)


def may_set_up(program: Program | None, person: Person, admins: frozenset[str]) -> bool:
    """Whether this person may create or change the program."""
    is_lead = program is not None and person.id in program.leads and recipients.is_fit(program, person)
    return person.admin or person.id in admins or is_lead


def require_set_up(tx: Tx, program: Program | None, person: Person, admins: frozenset[str]) -> None:
    """Raise `AdminsOnly` unless this person may create or change the program."""
    if not may_set_up(program, person, admins):
        raise AdminsOnly(recipients.leads(tx, program) if program else ())


def member_of(tx: Tx, program: Program, person_id: str) -> Member:
    """The person's membership; raises `NotEnrolled` for somebody who never joined or has left."""
    member = members.get(tx, program.id, person_id)
    if member is None or member.standing is Standing.LEFT:
        raise NotEnrolled
    return member
