"""Introductions of unknown fate that nobody settles: without one, a pair has no check-ins, so somebody looks after it.

1. A tick begins a case for each introduction of unknown fate (`due`).
2. A day later each of those who can help reads of it, and whoever takes it looks after it (`take`). Once a week it is
   said again, to that person, or to all while nobody has taken it.
3. After three days the two of the pair are asked, each in their own direct message, whether they have it.
4. It ends when somebody settles it (`unknown.settle`), when the message is found, or with the pair.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring.errors import CaseTaken, NoSuchMessage
from mentoring.messages import Kind, to_person
from program import access, groups, recipients
from program.act import Act
from program.context import Context
from program.notices import case_subject, since
from program.subjects import OfPair, OfProgram
from storage import cases, members, pairs, programs
from storage.cases import Case
from storage.outbox import letters
from storage.states import RowState

TELL_AFTER = timedelta(days=1)
"""So long the question whether it arrived stands, before the introduction is a case for somebody to look after."""

ASK_AFTER = timedelta(days=3)
"""So long after nobody could tell, the pair itself is asked; the product's rule."""

REMIND = timedelta(days=7)
"""So often a case that stays open is said again."""


def due(ctx: Context) -> int:
    """Begin, follow and end cases; gives how many there was something to do about."""
    with ctx.read() as act:
        new = cases.missing(act.tx)
        open_now = [one for one in cases.every(act.tx) if _has_news(act, one)]
    for letter in new:
        with ctx.act(about=OfProgram(letter.program_id)) as act:
            cases.begin(act.tx, int(letter.notice.subject), letter.id, act.now)
    for case in open_now:
        with ctx.act(about=OfPair(case.pair_id)) as act:
            _follow(act, case)
    return len(new) + len(open_now)


def take(ctx: Context, workspace: str, person_id: str, pair_id: int) -> None:
    """Somebody who was told of it looks after a pair's introduction; the first one does.

    Raises `NotAllowed`, `NoSuchMessage` or `CaseTaken`.
    """
    with ctx.act(workspace, person_id, OfPair(pair_id)) as act:
        pair, case = pairs.get(act.tx, act.program.id, pair_id), cases.get(act.tx, pair_id)
        if pair is None or not access.may_look_after(act, pair):
            access.lead(act)
            raise NoSuchMessage
        if case is None:
            raise NoSuchMessage
        if case.owner_id == person_id:
            return
        owner = case.owner_id or ""
        if owner in recipients.for_leads(act.tx, act.admins, act.program, groups.about(act.tx, pair)).people:
            raise CaseTaken(owner)
        if not cases.take(act.tx, case, person_id):
            raise CaseTaken("")
        act.note("look after", pair_id, before={"owner": owner}, after={"owner": person_id})


def _has_news(act: Act, case: Case) -> bool:
    here = act.within(programs.get(act.tx, pairs.of_id(act.tx, case.pair_id).program_id))
    return _is_over(here, case) or _asks_now(here, case) or _to_say(here, case) is not None


def _follow(act: Act, case: Case) -> None:
    if _is_over(act, case):
        cases.end(act.tx, case)
        return
    if (moment := _to_say(act, case)) is not None:
        _say(act, case, moment)
    if _asks_now(act, case) and cases.ask(act.tx, case, act.now):
        for person_id in _people(act, case):
            act.say(to_person(Kind.INTRO_QUESTION, since(case.pair_id, case.opened_at), person_id))


def _is_over(act: Act, case: Case) -> bool:
    letter = letters.get(act.tx, case.row_id)
    return (
        letter is None
        or letter.state is not RowState.UNKNOWN
        or not groups.awaits_intro(act.tx, case.pair_id)
    )


def _people(act: Act, case: Case) -> tuple[str, ...]:
    """Everybody whom the introduction is for."""
    letter = letters.get(act.tx, case.row_id)
    return groups.people_of(groups.addressed(act.tx, letter.notice)) if letter else ()


def _asks_now(act: Act, case: Case) -> bool:
    """Whether it is time to ask those in it, who all take part: nobody is asked during a break."""
    if case.asked_at is not None or act.now < case.opened_at + ASK_AFTER:
        return False
    people = _people(act, case)
    both = members.of_program(act.tx, act.program.id, people).values()
    return len(both) == len(people) and all(member.takes_part for member in both)


def _to_say(act: Act, case: Case) -> datetime | None:
    """The moment that a case is said for, if those who can help have not been told since then."""
    first = case.opened_at + TELL_AFTER
    if act.now < first:
        return None
    moment = first + (act.now - first) // REMIND * REMIND
    subjects = [case_subject(case.pair_id, moment, owner) for owner in (False, True)]
    said = [
        one for subject in subjects for one in letters.about(act.tx, act.program.id, Kind.INTRO_CASE, subject)
    ]
    if any(one.posted or one.state not in (RowState.MOOT, RowState.FAILED) for one in said):
        return None
    return (
        moment
        if recipients.of(act.tx, act.admins, act.program, Kind.INTRO_CASE, subjects[0]).people
        else None
    )


def _say(act: Act, case: Case, moment: datetime) -> None:
    pair = pairs.of_id(act.tx, case.pair_id)
    heard = recipients.for_leads(act.tx, act.admins, act.program, groups.about(act.tx, pair))
    recipients.address(
        act, Kind.INTRO_CASE, case_subject(case.pair_id, moment, case.owner_id in heard.people)
    )
