"""What messages of care show: resting partners, pairs that do not get going, and who was paused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from mentoring.care import Nudge, PartnersRest, Paused, Pauses, Stuck
from mentoring.checkins import STUCK_AFTER, Answer, CheckIn, in_a_row
from mentoring.messages import Notice
from mentoring.pairings import Pair, PairState
from mentoring.partings import Alone
from mentoring.people import Standing
from mentoring.starters import OPENER
from program import parting
from program.group_screens import meets
from program.groups import is_since
from program.look import Look
from program.notices import NEVER_MET, pair_and_week


def partners_rest(look: Look, notice: Notice) -> PartnersRest:
    """Whose break the pairs of this note wait for now, and what somebody chose about each."""
    person_id = notice.reader
    asked = _asked_in(look, notice)
    current = [pair.partner_of(person_id) for pair in look.pairs_of(person_id, PairState.INTRODUCED)]
    mine = [one.partner_id for one in asked] or [
        one for one in current if not _is_asked(look, person_id, one)
    ]
    resting = tuple(one for one in current if one in mine and _is_paused(look, one))
    leads = () if asked else look.fit_leads(without=(person_id, *resting))
    return PartnersRest(look.name, resting, leads, _still_there(look, person_id, resting), asked)


def _asked_in(look: Look, notice: Notice) -> tuple[Alone, ...]:
    """The questions that stand in this note, about each pair."""
    states = (PairState.INTRODUCED, PairState.ENDED, PairState.FINISHED)
    known = [
        (pair, look.left_alone(pair.id, notice.reader)) for pair in look.pairs_of(notice.reader, *states)
    ]
    here = [pair for pair, asked in known if asked and asked.note == notice.subject]
    return tuple(one for pair in here if (one := parting.alone(look, pair, notice.reader)))


def _is_asked(look: Look, person_id: str, partner: str) -> bool:
    """Whether a question about that partner stands in another note, or their introduction has not arrived."""
    running = look.pairs_of(person_id, PairState.INTRODUCED)
    theirs = [pair for pair in running if pair.partner_of(person_id) == partner]
    return any(look.left_alone(pair.id, person_id) or not pair.introduced_at for pair in theirs)


def _still_there(look: Look, person_id: str, resting: Sequence[str]) -> tuple[str, ...]:
    """Mentors who go on in one conversation with the reader while another one takes a break."""
    theirs = [pair for pair in look.pairs_of(person_id, PairState.INTRODUCED) if pair.mentor_id in resting]
    met = [one for pair in theirs if pair.mentee_id == person_id for one in meets(look, pair, person_id)]
    return tuple(dict.fromkeys(one for one in met if one not in resting))


def _is_paused(look: Look, person_id: str) -> bool:
    member = look.member(person_id)
    return member is not None and member.standing is Standing.PAUSED


def stuck(look: Look, notice: Notice) -> Stuck | None:
    """A pair in which somebody answered "Not yet" three times in a row, and whether that is still so."""
    pair_id, week = pair_and_week(notice.subject)
    pair = look.pair(pair_id)
    if pair is None:
        return None
    never_met = week == NEVER_MET
    is_so = never_met or any(_in_a_row(look, pair, one, week) >= STUCK_AFTER for one in pair.people)
    goes_on = pair.state is PairState.INTRODUCED
    since = "" if never_met else week
    met = any(one.answer is Answer.MET and one.week >= since for one in _answers(look, pair))
    hear = look.would_hear(notice.kind, notice.subject).people
    moved = () if notice.reader in hear else hear
    return Stuck(look.name, pair.id, *pair.people, is_so and goes_on and not met, moved, never_met)


def _in_a_row(look: Look, pair: Pair, person_id: str, week: str) -> int:
    return in_a_row(look.history(pair.id, person_id, until=week), Answer.NOT_YET)


def nudge(look: Look, notice: Notice) -> Nudge:
    """The pairs of a senior that had not met on that day, as far as they still have not."""
    person_id = notice.reader
    states = (PairState.INTRODUCED, PairState.ENDED, PairState.FINISHED)
    learning = [pair for pair in look.pairs_of(person_id, *states) if pair.mentee_id == person_id]
    meant = [pair for pair in learning if notice.subject in _nudged_on(look, pair)]
    waiting = [
        pair.mentor_id for pair in meant if pair.state is PairState.INTRODUCED and not _met(look, pair)
    ]
    return Nudge(look.name, tuple(waiting), OPENER)


def _nudged_on(look: Look, pair: Pair) -> set[str]:
    """The days on which somebody looked whether the pair has met."""
    moments = (pair.nudged_at, look.looked_at_first(pair.id))
    return {_day(look, moment) for moment in moments if moment is not None}


def _day(look: Look, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(look.calendar.time_zone)).date().isoformat()


def _met(look: Look, pair: Pair) -> bool:
    return any(one.answer is Answer.MET for one in _answers(look, pair))


def _answers(look: Look, pair: Pair) -> list[CheckIn]:
    """What was answered about a pair, and about its group since it is in it: they meet together."""
    found = [one for each in look.group(pair) for who in each.people for one in look.history(each.id, who)]
    return [one for one in found if one.pair_id == pair.id or is_since(pair, one)]


def pauses(look: Look, notice: Notice) -> Pauses:
    """Everybody who is paused for being silent, and with whom they are in a pair."""
    paused = (Paused(person_id, _partners(look, person_id)) for person_id in look.silent())
    return Pauses(look.name, notice.subject, tuple(paused))


def _partners(look: Look, person_id: str) -> tuple[str, ...]:
    current = look.pairs_of(person_id, PairState.INTRODUCED)
    return tuple(pair.partner_of(person_id) for pair in current)
