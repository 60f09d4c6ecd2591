"""What is open goes on to whoever can hear it: no matter waits for somebody who is gone or leads no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mentoring.messages import Kind, to_person
from program import care_screens, recipients, unknown, unknown_screens
from program.act import Act
from program.context import Context
from program.look import Look
from program.notices import pair_of
from program.subjects import OfProgram
from storage import checkins
from storage.database import Tx
from storage.outbox import doubts, letters
from storage.outbox.letters import Letter
from storage.states import RowState

REFUSED = Kind.DELIVERY_TROUBLE
NEWS = timedelta(days=7)
"""What Slack refused is told to whoever leads by then for so long, if nobody could be told."""

Matter = tuple[Kind, str]
InDoubt = tuple[Act, list[Letter]]
"""A program, and its messages of unknown fate."""


def look_after(ctx: Context) -> int:
    """Say what is open, and what nobody has heard, to whoever can hear it by now; gives how many things that were.

    A program without a lead is such a thing, and is said again once a week. What nobody needs any more is let go.
    """
    with ctx.read() as act:
        everywhere = _everywhere(act)
        not_needed = [one.program.id for one, in_doubt in everywhere if unknown.not_needed(one, in_doubt)]
        due = [] if not_needed else _due(everywhere)
    for program_id in not_needed:
        with ctx.act(about=OfProgram(program_id)) as act:
            unknown.let_go(act)
    if not_needed:
        with ctx.read() as act:
            due = _due(_everywhere(act))
    for program_id, kind, subject in due:
        with ctx.act(about=OfProgram(program_id)) as act:
            recipients.address(act, kind, subject)
    return len(due)


def _everywhere(act: Act) -> list[InDoubt]:
    return [(act.within(program), letters.unknown(act.tx, program.id)) for program in act.every_program()]


def _due(everywhere: list[InDoubt]) -> list[tuple[int, Kind, str]]:
    return [(one.program.id, *matter) for one, in_doubt in everywhere for matter in _unheard(one, in_doubt)]


def _unheard(act: Act, in_doubt: list[Letter]) -> list[Matter]:
    said = letters.of_each_kind(
        act.tx, act.program.id, (Kind.STUCK, Kind.INTRO_CASE, REFUSED), {REFUSED: act.now - NEWS}
    )
    found = [
        *_calls(act),
        *_stuck(act, _not_failed(said[Kind.STUCK])),
        *_refusals(act, said[REFUSED]),
        *_cases(act, _not_failed(said[Kind.INTRO_CASE])),
        *_doubts(act, in_doubt),
    ]
    if recipients.is_leaderless(act):
        found.append((Kind.NO_LEAD, recipients.this_day(act)))
    return found


def _calls(act: Act) -> Iterator[Matter]:
    """Calls for help that nobody heard, and those that stand and that none of those who could help now has heard."""
    for number, is_last in checkins.calls(act.tx, act.program.id):
        yield from _if_unheard(act, Kind.HELP, str(number), is_last)


def _stuck(act: Act, said: list[Letter]) -> Iterator[Matter]:
    """Pairs that still do not get going."""
    look = Look(act.tx, act.program, act.admins)
    for subject in dict.fromkeys(one.notice.subject for one in said):
        shown = care_screens.stuck(look, to_person(Kind.STUCK, subject, ""))
        if shown is not None and shown.still:
            yield from _if_unheard(act, Kind.STUCK, subject, is_open=True)


def _cases(act: Act, said: list[Letter]) -> Iterator[Matter]:
    """Introductions that somebody should look after, the last time that this was said."""
    look = Look(act.tx, act.program, act.admins)
    last = {pair_of(one.notice.subject): one.notice for one in said}
    for notice in last.values():
        shown = unknown_screens.intro_case(look, notice)
        if shown is not None and shown.settled is None:
            yield from _if_unheard(act, Kind.INTRO_CASE, notice.subject, is_open=True)


def _refusals(act: Act, said: list[Letter]) -> Iterator[Matter]:
    """What Slack refused lately, if nobody could be told."""
    for subject in dict.fromkeys(one.notice.subject for one in said):
        yield from _if_unheard(act, REFUSED, subject, is_open=False)


def _doubts(act: Act, in_doubt: list[Letter]) -> Iterator[Matter]:
    """Messages of unknown fate, also for a lead who has come since others were asked."""
    asked = doubts.asked(act.tx, act.program.id) if in_doubt else {}
    for letter in in_doubt:
        right = recipients.of(act.tx, act.admins, act.program, Kind.UNCONFIRMED, letter.id).people
        if not asked.get(letter.id, set()).issuperset(right):
            yield Kind.UNCONFIRMED, str(letter.id)


def _if_unheard(act: Act, kind: Kind, subject: str, is_open: bool) -> Iterator[Matter]:
    tx, program = act.tx, act.program
    has_it = set(_have_it(tx, program.id, kind, subject))
    right = recipients.of(tx, act.admins, program, kind, subject).people
    if right and (has_it.isdisjoint(right) if is_open else not has_it):
        yield kind, subject


def _have_it(tx: Tx, program_id: int, kind: Kind, subject: str) -> Iterator[str]:
    """Who has, will have or may have it on their screen."""
    for letter in letters.about(tx, program_id, kind, subject):
        if letter.posted or letter.state in doubts.GOES_ON:
            yield letter.notice.reader


def _not_failed(said: list[Letter]) -> list[Letter]:
    return [one for one in said if one.state is not RowState.FAILED]
