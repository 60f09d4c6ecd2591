"""Who may do what; nothing else in the code decides about that."""

from __future__ import annotations

from mentoring.errors import AdminsOnly, NotAllowed, NotEnrolled
from mentoring.messages import Kind
from mentoring.pairings import Pair
from mentoring.people import Member, Person, Standing
from mentoring.programs import Program
from program import groups, recipients
from program.act import Act
from program.notices import pair_of
from storage import members, people
from storage.database import Tx
from storage.outbox import letters
from storage.outbox.letters import Letter


def lead(act: Act) -> Program:
    """The act's program if whoever acts leads it right now; raises `NotAllowed` or `NoProgram`."""
    program = act.program
    if not leads(act.tx, program, act.by):
        raise NotAllowed(recipients.leads(act.tx, program))
    return program


def leads(tx: Tx, program: Program, person_id: str) -> bool:
    """Whether this person leads the program right now."""
    return person_id in program.leads and recipients.is_fit(
        program, people.get(tx, program.workspace, person_id)
    )


def may_settle(act: Act, row_id: int) -> Program:
    """The act's program if whoever acts may say what became of that message: a lead, or an admin who was asked.

    Raises `NotAllowed` or `NoProgram`.
    """
    program = act.program
    if not leads(act.tx, program, act.by) and not _was_asked(act, row_id):
        raise NotAllowed(recipients.leads(act.tx, program))
    return program


def was_asked_about_intro(act: Act, letter: Letter) -> bool:
    """Whether whoever acts is one of the pair whom this message introduces, and was asked whether it arrived."""
    if letter.notice.kind is not Kind.INTRO or letter.program_id != act.program.id:
        return False
    asked = letters.of_kind(act.tx, act.program.id, Kind.INTRO_QUESTION, to=act.by)
    return any(pair_of(one.notice.subject) == int(letter.notice.subject) and one.posted for one in asked)


def may_look_after(act: Act, pair: Pair) -> bool:
    """Whether whoever acts can hear what is for the leads one by one about that pair."""
    heard = recipients.for_leads(act.tx, act.admins, act.program, groups.about(act.tx, pair))
    return act.by in heard.people


def _was_asked(act: Act, row_id: int) -> bool:
    person = people.get(act.tx, act.program.workspace, act.by)
    is_admin = act.by in act.admins or (person is not None and person.admin)
    return is_admin and act.by in recipients.told(act.tx, act.program, Kind.UNCONFIRMED, row_id)


def may_set_up(program: Program | None, person: Person, admins: frozenset[str]) -> bool:
    """Whether this person may create or change the program."""
    is_lead = program is not None and person.id in program.leads and recipients.is_fit(program, person)
    return person.admin or person.id in admins or is_lead


def require_set_up(act: Act, person: Person) -> None:
    """Raise `AdminsOnly` unless this person may create or change the program."""
    if not may_set_up(act.found, person, act.admins):
        raise AdminsOnly(recipients.leads(act.tx, act.found) if act.found else ())


def member(act: Act) -> Member:
    """The membership of whoever acts; raises `NoProgram`, or `NotEnrolled` for who never joined or has left."""
    found = members.get(act.tx, act.program.id, act.by)
    if found is None or found.standing is Standing.LEFT:
        raise NotEnrolled
    return found
