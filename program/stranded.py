"""Nobody is left alone without a word: whoever takes part while the other of their pair does not is asked, once.

1. Somebody takes a break, by their own wish or because they were silent: each partner who takes part is asked whether
   they wait, want somebody new, or rest until the next cycle (`somebody_rests`). A partner who takes a break as well,
   also one who does so before that question has reached them, is asked when they are back (`is_back`).
2. A pair is closed, whoever is the cause: the note that says so asks the same (`is_closed`).
3. Somebody is back: what was asked about them is over, and their partners read that the pair goes on (`is_back`).

What they choose is done in `program.parting`. Without a choice they wait.
"""

from __future__ import annotations

from datetime import date, timedelta

from mentoring.cadence import local_date
from mentoring.cycles import Cycle
from mentoring.messages import Kind, to_person
from mentoring.pairings import Pair, PairState
from mentoring.partings import Choice, LeftAlone
from mentoring.people import Member
from program.act import Act
from program.notices import break_subject, since
from storage import cycles, members, pairs, partings
from storage.outbox import letters
from storage.states import RowState

_A_DAY = timedelta(days=1)


def somebody_rests(act: Act, member: Member) -> None:
    """Somebody takes a break from now on: ask each partner who takes part, and nothing more of themselves."""
    person_id = member.person.id
    for pair in _standing(act, person_id):
        asked = partings.alone(act.tx, pair.id, person_id)
        if asked is not None and asked.choice is None and not _was_told(act, asked):
            partings.forget(act.tx, pair.id, person_id)
        ask(act, pair, pair.partner_of(person_id))


def is_introduced(act: Act, pair: Pair) -> None:
    """A pair has just read its introduction, and one of the two may take a break already."""
    for person_id in pair.people:
        ask(act, pair, person_id)


def is_back(act: Act, person_id: str) -> None:
    """Somebody takes part again: their partners read that, and they are asked where a partner is away."""
    for pair in _standing(act, person_id):
        other = pair.partner_of(person_id)
        asked = partings.alone(act.tx, pair.id, other)
        if asked is not None:
            _goes_on(act, pair, asked)
        ask(act, pair, person_id)


def is_closed(act: Act, pair: Pair, person_id: str) -> None:
    """Somebody reads that their pair is closed, or closed it: what they would like now is open.

    Whoever rests until the next cycle, or asked for somebody new, still does.
    """
    before = partings.alone(act.tx, pair.id, person_id)
    keeps = before.choice if before and before.choice is not Choice.WAIT else None
    partings.ask(act.tx, pair.id, person_id, before.note if before else "", act.now, keeps)


def goes_on_again(act: Act, pair: Pair) -> None:
    """A pair that was cut off goes on: what was asked about its end is over, and a break of one of the two counts."""
    partings.forget(act.tx, pair.id, *pair.people)
    if pair.introduced_at is not None:
        for person_id in pair.people:
            ask(act, pair, person_id)


def wants_another(act: Act, pair: Pair, back: str) -> bool:
    """Whether the other of a pair has asked for somebody new since it was cut off."""
    asked = partings.alone(act.tx, pair.id, pair.partner_of(back))
    return asked is not None and asked.choice is Choice.NEW


def ask(act: Act, pair: Pair, person_id: str) -> None:
    """Ask somebody who takes part and whose partner does not; once in an absence."""
    other = pair.partner_of(person_id)
    both = members.of_program(act.tx, pair.program_id, pair.people)
    if person_id not in both or not both[person_id].takes_part or (other in both and both[other].takes_part):
        return
    if partings.alone(act.tx, pair.id, person_id) is None:
        note = _note(act, person_id)
        partings.ask(act.tx, pair.id, person_id, note, act.now)
        act.say(to_person(Kind.RESTING, note, person_id))


def _note(act: Act, person_id: str) -> str:
    """The note in which a question stands: one that has not gone out takes it in, and no other does."""
    said = letters.of_kind(act.tx, act.program.id, Kind.RESTING, to=person_id)
    waiting = next((one for one in said if one.state is RowState.READY and not one.posted), None)
    if waiting is not None:
        return waiting.notice.subject
    today = break_subject(_today(act))
    known = any(one.notice.subject == today for one in said)
    return break_subject(_today(act), act.now) if known else today


def _goes_on(act: Act, pair: Pair, asked: LeftAlone) -> None:
    """The partner of somebody who was asked is back: what they chose is over."""
    partings.forget(act.tx, pair.id, asked.person_id)
    cycle = cycles.get(act.tx, pair.cycle_id)
    if asked.choice is Choice.REST and pair.rests_until == rest_day(act, cycle):
        pairs.rest(act.tx, pair, None)
    elif pair.rests_until is not None:
        return
    member = members.get(act.tx, pair.program_id, asked.person_id)
    if member is None or not member.takes_part or _reads_it_anyway(act, asked.person_id):
        return
    if _was_told(act, asked):
        act.say(to_person(Kind.PAIR_GOES_ON, since(pair.id, act.now), asked.person_id))


def _was_told(act: Act, asked: LeftAlone) -> bool:
    """Whether the note about the break has gone out; one that has not is let go."""
    said = letters.about(act.tx, act.program.id, Kind.RESTING, asked.note)
    mine = [one for one in said if one.notice.reader == asked.person_id]
    return any(one.posted or one.fence for one in mine)


def _reads_it_anyway(act: Act, person_id: str) -> bool:
    """Whether word that somebody's own break is over is on its way to them: it says with whom their pairs go on."""
    said = letters.of_kind(act.tx, act.program.id, Kind.PAUSE_OVER, to=person_id)
    return any(one.state is RowState.READY and not one.posted and not one.fence for one in said)


def rest_day(act: Act, cycle: Cycle) -> date:
    """Until when a pair rests that rests until the next cycle: it is over before that day comes."""
    return local_date(cycle.times.ends_at, act.program.calendar.time_zone) + _A_DAY


def _standing(act: Act, person_id: str) -> list[Pair]:
    """Somebody's pairs that were introduced and go on."""
    running = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
    return [pair for pair in running if pair.introduced_at is not None]


def _today(act: Act) -> date:
    return local_date(act.now, act.program.calendar.time_zone)
