"""Who hears something privately: leads who are there and whom it is not about, or else admins in their place.

Nothing else in the code decides about that, neither when leads are chosen, nor when something is said, nor when it is
delivered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from mentoring.cards import pairs_in
from mentoring.messages import Heard, Kind, Notice, person_and_week, to_person
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.readers import BothOfPair
from program import bundles, groups
from program.act import Act
from program.notices import begins_with, checkin_of, is_for_owner, moment_of, pair_of
from storage import asks, cases, checkins, pairs, people
from storage.database import Tx
from storage.outbox import doubts, facts, letters
from storage.outbox.letters import Letter
from storage.states import RowState

PRIVATE = (
    *(Kind.HELP, Kind.UNCONFIRMED, Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE, Kind.NO_LEAD, Kind.STUCK),
    Kind.INTRO_CASE,
    Kind.HELP_WAITS,
    Kind.ASKS_WAIT,
    Kind.PARTED_WHY,
)
"""What is said to leads one by one; its readers need not be members."""

REMIND = timedelta(days=7)
"""Admins hear again after this time that a program has no lead."""

_HEARD = (RowState.READY, RowState.SENDING, RowState.UNSURE, RowState.SENT)
_CALLS = (Kind.HELP, Kind.HELP_WAITS)
_QUESTIONS = (Kind.CHECKIN, Kind.REASK)
_ASKED_FIRST = (Kind.ASK, Kind.ASK_AGAIN)
_ABOUT_PAIRS = (
    *(Kind.CARD, Kind.INTRO, Kind.THANKS, Kind.PAIR_CLOSED, Kind.PAIR_GOES_ON, Kind.STUCK),
    *(Kind.PAIR_RESTS, Kind.INTRO_CASE, Kind.INTRO_QUESTION, Kind.PARTED_WHY, Kind.MISFIT, Kind.UNSIGNED),
)
"""About the pair whose number begins their subject, so that nobody who is in it hears of it as a lead."""


def why_not(person: Person, guests_allowed: bool) -> str | None:
    """Why this person cannot lead a program, in a sentence that names them; None when they can."""
    if person.bot:
        return f"{person.name} is an app. Choose people as leads."
    if person.stranger:
        return f"{person.name} belongs to another company or workspace. Choose somebody from here."
    if person.deactivated:
        return f"{person.name} has no active account here. Choose somebody else."
    if person.guest and not guests_allowed:
        return f"{person.name} is a guest. Guests can lead only if “Guests may take part” is on."
    return None


def is_fit(program: Program, person: Person | None) -> bool:
    """Whether this person can lead, or hear in the leads' place; somebody never looked up counts as fit until then."""
    return person is None or why_not(person, program.rules.guests_allowed) is None


def leads(tx: Tx, program: Program, without: Collection[str] = ()) -> tuple[str, ...]:
    """The program's leads who can hear something, in the order in which they were chosen, without these people."""
    return _fit(tx, program, program.leads, without)


def for_leads(tx: Tx, admins: Collection[str], program: Program, without: Collection[str] = ()) -> Heard:
    """Who hears what is for the leads one by one, if it is about the people in `without`.

    Where no lead can hear it, the workspace's admins do, with those whom the operator named (`admins`).
    """
    found = leads(tx, program, without)
    if found:
        return Heard(found)
    known = {person.id for person in people.admins(tx, program.workspace)}
    return Heard(_fit(tx, program, sorted(known.union(admins)), without), are_leads=False)


def of(tx: Tx, admins: Collection[str], program: Program, kind: Kind, subject: object) -> Heard:
    """Who hears this now; nobody to whom Slack refused to bring it, and nobody whom it is about."""
    refused = (
        letter.notice.reader
        for letter in _said(tx, program, kind, subject)
        if letter.state is RowState.FAILED
    )
    if kind is Kind.ASKS_WAIT:
        return _of_several(tx, admins, program, str(subject), frozenset(refused))
    heard = for_leads(tx, admins, program, {*about(tx, program, kind, str(subject)), *refused})
    if kind is Kind.INTRO_CASE and is_for_owner(str(subject)):
        return _of_owner(tx, pair_of(str(subject)), heard)
    if kind is Kind.PARTED_WHY and not heard.are_leads:
        return Heard()  # its author lets leads read it, and nobody else
    return Heard() if kind is Kind.NO_LEAD and heard.are_leads else heard


def _of_several(
    tx: Tx, admins: Collection[str], program: Program, subject: str, refused: frozenset[str]
) -> Heard:
    """Everybody who hears of one of the pairs whose mentees have not answered; each reads of those they are not in."""
    numbers = asks.told_of(tx, pair_of(subject), moment_of(subject))
    every = [for_leads(tx, admins, program, of_question(tx, program, number) | refused) for number in numbers]
    people = tuple(dict.fromkeys(person_id for heard in every for person_id in heard.people))
    return Heard(people, all(heard.are_leads for heard in every))


def of_question(tx: Tx, program: Program, pair_id: int) -> frozenset[str]:
    """Everybody in the pairs about which a mentee is asked together; none but the mentee may learn of it."""
    asked = asks.get(tx, pair_id)
    numbers = [one.pair_id for one in asks.of_question(tx, asked.question)] if asked else [pair_id]
    return frozenset().union(*(_of_pair(tx, program, number) for number in numbers))


def _of_owner(tx: Tx, pair_id: int, heard: Heard) -> Heard:
    """Whoever looks after a pair's introduction, while they can hear of it; else everybody who can."""
    case = cases.get(tx, pair_id)
    owner = tuple(one for one in heard.people if case is not None and one == case.owner_id)
    return Heard(owner, heard.are_leads) if owner else heard


def _said(tx: Tx, program: Program, kind: Kind, subject: object) -> list[Letter]:
    """Every row in which this is said; a question about a message may be about others too."""
    if kind is Kind.UNCONFIRMED:
        return doubts.about(tx, program.id, int(str(subject)))
    return letters.about(tx, program.id, kind, subject)


def told(tx: Tx, program: Program, kind: Kind, subject: object) -> tuple[str, ...]:
    """To whom this was said already, or is on its way."""
    said = _said(tx, program, kind, subject)
    return tuple(letter.notice.reader for letter in said if letter.state in _HEARD)


def about(tx: Tx, program: Program, kind: Kind, subject: str) -> frozenset[str]:
    """Whom something private is about, and who therefore must not hear it."""
    if kind in _CALLS:
        return _of_checkin(tx, program, begins_with(subject))
    if kind in _ABOUT_PAIRS:
        return _of_pair(tx, program, pair_of(subject))
    letter = letters.get(tx, int(subject)) if kind is Kind.UNCONFIRMED else None
    return _concerned(tx, program, letter.notice) if letter else frozenset()


def address(act: Act, kind: Kind, subject: object, asked: bool = False) -> Heard:
    """Say something privately to whoever is fit to hear it now; whoever was told before is not told twice.

    What somebody `asked` for is said at once, also outside working time.
    """
    heard = of(act.tx, act.admins, act.program, kind, subject)
    for person_id in heard.people:
        if kind is Kind.UNCONFIRMED:
            bundles.ask(act, int(str(subject)), person_id, asked)
        else:
            act.say_again(to_person(kind, subject, person_id), asked)
    facts.changed(act.tx, facts.said(act.program.id, kind, subject))
    return heard


def address_anew(act: Act, notice: Notice) -> None:
    """Somebody cannot hear what was for them: say it to whoever can, if it was for the leads one by one."""
    if notice.kind in PRIVATE:
        for subject in _subjects(act, notice):
            heard = of(act.tx, act.admins, act.program, notice.kind, subject)
            if notice.reader not in heard.people:
                address(act, notice.kind, subject)


def _subjects(act: Act, notice: Notice) -> list[str]:
    """What a notice is about: each message of a question that still needs an answer, the one subject of all others."""
    if notice.kind is not Kind.UNCONFIRMED:
        return [notice.subject]
    said = letters.about(act.tx, act.program.id, notice.kind, notice.subject)
    asked = [row_id for one in said if one.notice == notice for _, row_id in doubts.members(act.tx, one)]
    found = letters.some(act.tx, asked)
    return [str(row_id) for row_id in asked if row_id in found and found[row_id].state is RowState.UNKNOWN]


def stands_in(act: Act) -> bool:
    """Whether whoever acts hears what is for the leads one by one, because there is none."""
    heard = for_leads(act.tx, act.admins, act.program)
    return not heard.are_leads and act.by in heard.people


def is_leaderless(act: Act) -> bool:
    """Whether nobody leads the program and none of those who could change that heard of it lately."""
    tx, program = act.tx, act.program
    heard = for_leads(tx, act.admins, program)
    if heard.are_leads or not heard.people:
        return False
    lately = letters.of_kind(tx, program.id, Kind.NO_LEAD, act.now - REMIND)
    know = {letter.notice.reader for letter in lately if letter.state in (*_HEARD, RowState.UNKNOWN)}
    return know.isdisjoint(heard.people) and bool(
        of(tx, act.admins, program, Kind.NO_LEAD, this_day(act)).people
    )


def this_day(act: Act) -> str:
    """The day, as the subject of what is said once a day."""
    return act.now.date().isoformat()


def _fit(tx: Tx, program: Program, ids: Iterable[str], without: Collection[str]) -> tuple[str, ...]:
    wanted = [person_id for person_id in ids if person_id not in without]
    seen = people.some(tx, program.workspace, wanted) if wanted else {}
    return tuple(person_id for person_id in wanted if is_fit(program, seen.get(person_id)))


def _concerned(tx: Tx, program: Program, notice: Notice) -> frozenset[str]:
    """The people of the pair that a message is about, or else the one whom it is for."""
    if notice.kind in (*_CALLS, Kind.MET_YET) or (
        notice.kind in _QUESTIONS and checkin_of(notice.subject) is not None
    ):
        return _of_checkin(tx, program, begins_with(notice.subject))
    if notice.kind in _QUESTIONS:
        return _of_week(tx, program, notice.subject)
    if isinstance(notice.to, BothOfPair):
        return _of_pair(tx, program, notice.to.pair_id)
    if notice.kind is Kind.CARD:
        return frozenset().union(*(_of_pair(tx, program, number) for number in pairs_in(notice.subject)))
    if notice.kind in _ASKED_FIRST:
        return of_question(tx, program, pair_of(notice.subject))
    if notice.kind in _ABOUT_PAIRS:
        return _of_pair(tx, program, pair_of(notice.subject))
    return frozenset({notice.reader}) if notice.reader and notice.kind not in PRIVATE else frozenset()


def _of_week(tx: Tx, program: Program, subject: str) -> frozenset[str]:
    """Everybody in a pair about which somebody is asked in a week."""
    asked = checkins.of_person_in_week(tx, program.id, *person_and_week(subject))
    return frozenset().union(*(_of_pair(tx, program, one.pair_id) for one in asked))


def _of_checkin(tx: Tx, program: Program, subject: str) -> frozenset[str]:
    checkin = checkins.get(tx, int(subject))
    return _of_pair(tx, program, checkin.pair_id) if checkin else frozenset()


def _of_pair(tx: Tx, program: Program, pair_id: int) -> frozenset[str]:
    """The two of a pair, and with them everybody in one conversation with them: they are the ones it is about."""
    pair = pairs.get(tx, program.id, pair_id)
    return groups.about(tx, pair) if pair else frozenset()
