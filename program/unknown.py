"""Messages of which nobody can tell whether they arrived: who is asked, what they say, and what follows from it."""

from __future__ import annotations

from mentoring.errors import AlreadySettled, NoSuchMessage, SettledForThem
from mentoring.messages import Kind, to_person
from mentoring.programs import Program
from mentoring.troubles import ManyUnconfirmed
from program import access, arrivals, recipients, screens, timely
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfMessage, OfProgram
from program.unknown_screens import Doubt, in_question
from storage import audit, cases
from storage.outbox import letters, outbox
from storage.outbox.letters import Letter
from storage.states import RowState

ARRIVED, AGAIN = "it arrived", "send again"
"""What is kept on record when somebody settles what became of a message."""


def give_up(ctx: Context, letter: Letter, trouble: str) -> None:
    """Nobody can tell whether the message arrived: the leads are asked to look, privately.

    One that is not worth sending any more, like last week's check-in, is let go: there would be nothing to decide.
    """
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        if not timely.is_timely(act.tx, act.program, letter.notice, act.now, act.admins):
            if outbox.close(act.tx, letter, RowState.MOOT, trouble):
                recipients.address_anew(act, letter.notice)
            return
        closed = outbox.close(act.tx, letter, RowState.UNKNOWN, trouble)
        if closed and letter.notice.kind is not Kind.UNCONFIRMED:
            recipients.address(act, Kind.UNCONFIRMED, letter.id, asked=not letter.patient)


def settle(ctx: Context, workspace: str, person_id: str, row_id: int, arrived: bool) -> None:
    """Whoever was asked says of a message that it arrived, or has it sent again.

    That is a lead, an admin who was asked in their place, or one of a pair who was asked about its introduction.
    Raises `NotAllowed`, `NoSuchMessage`, `AlreadySettled`, or `SettledForThem` to one of the pair.
    """
    with ctx.act(workspace, person_id, OfMessage(row_id)) as act:
        letter = letters.get(act.tx, row_id)
        if letter is not None and access.was_asked_about_intro(act, letter):
            _settle_own(act, letter, arrived)
            return
        program = access.may_settle(act, row_id)
        about = recipients.about(act.tx, program, Kind.UNCONFIRMED, str(row_id))
        if letter is None or letter.program_id != program.id or person_id in about:
            raise NoSuchMessage
        if not _settle(act, letter, arrived):
            raise AlreadySettled(*_verdict(act, letter))


def settle_all(
    ctx: Context, workspace: str, person_id: str, arrived: bool, subject: int = 0, up_to: int | None = None
) -> int:
    """The same of every message that a question asks about and that is still open; gives their number.

    The question is that person's own about `subject`, and it showed them the messages up to place `up_to`; without a
    subject, it is all their questions. Raises `NotAllowed`, `NoSuchMessage` or `AlreadySettled`.
    """
    with ctx.act(workspace, person_id, *([OfMessage(subject)] if subject else [])) as act:
        found = _asked(act, subject)
        seen = [one for one in found if one.is_for(person_id) and (up_to is None or one.place <= up_to)]
        shown = [one.letter for one in seen]
        if not shown:
            access.lead(act)
            raise NoSuchMessage
        for one in shown:
            access.may_settle(act, one.id)
        done = [_settle(act, one, arrived) for one in shown if one.state is RowState.UNKNOWN]
        if not any(done):
            raise AlreadySettled(*_verdict(act, shown[-1]))
    return sum(done)


def one_by_one(ctx: Context, workspace: str, person_id: str, subject: int) -> ManyUnconfirmed:
    """Each message in the question that somebody was asked about `subject`. Raises `NotAllowed` or `NoSuchMessage`."""
    with ctx.read(workspace, person_id, OfMessage(subject)) as act:
        notice = to_person(Kind.UNCONFIRMED, subject, person_id)
        said = letters.about(act.tx, act.program.id, Kind.UNCONFIRMED, subject)
        if not any(one.notice == notice for one in said):
            access.lead(act)
            raise NoSuchMessage
        return screens.one_by_one(Look(act.tx, act.program, act.admins), notice)


def _asked(act: Act, subject: int) -> list[Doubt]:
    """What whoever acts is asked about, in one question or in all."""
    tx, program = act.tx, act.program
    theirs = letters.of_kind(tx, program.id, Kind.UNCONFIRMED, to=act.by)
    meant = [one.notice for one in theirs if not subject or one.notice.subject == str(subject)]
    look = Look(tx, program, act.admins)
    return [doubt for notice in meant for doubt in in_question(look, notice)]


def _settle_own(act: Act, letter: Letter, arrived: bool) -> None:
    """One of the pair says so of their own introduction; what the other said before stands."""
    if _settle(act, letter, arrived):
        return
    told = _verdict(act, letter)[1]
    if told != (ARRIVED if arrived else AGAIN):
        raise SettledForThem(told == ARRIVED)


def _settle(act: Act, letter: Letter, arrived: bool) -> bool:
    if not (outbox.settle_unknown if arrived else outbox.reopen)(act.tx, letter, act.now):
        return False
    if arrived:
        arrivals.follows(act, letter, letter.channel or "")
    if letter.notice.kind is Kind.INTRO and (case := cases.get(act.tx, int(letter.notice.subject))):
        cases.end(act.tx, case)
    act.note(
        ARRIVED if arrived else AGAIN, letter.id, before={"arrived": "unknown"}, after={"arrived": arrived}
    )
    return True


def _verdict(act: Act, letter: Letter) -> tuple[str, str]:
    """Who settled it, and how; empty where nobody did, as when the message was found by itself."""
    return audit.last(act.tx, letter.program_id, letter.id, (ARRIVED, AGAIN)) or ("", "")


def let_go(act: Act) -> int:
    """End what nobody can tell of and what nobody needs any more, like an introduction of a pair that is over."""
    over = not_needed(act, letters.unknown(act.tx, act.program.id))
    return sum(outbox.close(act.tx, one, RowState.MOOT, "nothing left to say") for one in over)


def not_needed(act: Act, in_doubt: list[Letter]) -> list[Letter]:
    """Those messages of unknown fate that would not be sent again, whatever somebody says."""
    return [one for one in in_doubt if not _is_needed(act, act.program, one)]


def _is_needed(act: Act, program: Program, letter: Letter) -> bool:
    return timely.is_timely(act.tx, program, letter.notice, act.now, act.admins)
