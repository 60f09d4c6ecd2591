"""What an act can be about, and which program that makes it: the one place that decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mentoring.programs import Program
from storage import programs, whose
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class OfPair:
    """A pair, by its number."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class OfCheckIn:
    """Somebody's check-in about a pair in a week."""

    checkin_id: int


@dataclass(frozen=True, slots=True)
class OfCycle:
    """A cycle, by its id."""

    cycle_id: int


@dataclass(frozen=True, slots=True)
class OfMessage:
    """A message on its way or on screen, by its number in the outbox."""

    row_id: int


@dataclass(frozen=True, slots=True)
class OnCard:
    """A message of ours with buttons, by the place where it stands."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class InChannel:
    """The conversation in which something was typed."""

    channel: str


@dataclass(frozen=True, slots=True)
class OfProgram:
    """A program, as a form that was opened for it says."""

    program_id: int


@dataclass(frozen=True, slots=True)
class OfInvitation:
    """An invitation, by its number."""

    invitation_id: int


Subject = OfInvitation | OfPair | OfCheckIn | OfCycle | OfMessage | OnCard | InChannel | OfProgram


def program_of(tx: Tx, workspace: str, person_id: str, about: Iterable[Subject]) -> Program | None:
    """The program that an act belongs to; None where the workspace has none.

    That is the program of the first subject that has one, else the one that the person is in, else the workspace's. A
    subject of another workspace is none; the calendar, which acts in no workspace (`""`), takes any.
    """
    for subject in about:
        program = _named(tx, subject)
        if program is not None and workspace in ("", program.workspace):
            return program
    return programs.acting_in(tx, workspace, person_id)


def _named(tx: Tx, subject: Subject) -> Program | None:
    match subject:
        case OfPair():
            return whose.of_pair(tx, subject.pair_id)
        case OfCheckIn():
            return whose.of_checkin(tx, subject.checkin_id)
        case OfCycle():
            return whose.of_cycle(tx, subject.cycle_id)
        case OfMessage():
            return whose.of_message(tx, subject.row_id)
        case OfInvitation():
            return whose.of_invitation(tx, subject.invitation_id)
        case _:
            return _placed(tx, subject)


def _placed(tx: Tx, subject: OnCard | InChannel | OfProgram) -> Program | None:
    match subject:
        case OnCard():
            return whose.of_card(tx, subject.channel, subject.ts)
        case InChannel():
            return whose.of_channel(tx, subject.channel)
        case OfProgram():
            return programs.get(tx, subject.program_id)
