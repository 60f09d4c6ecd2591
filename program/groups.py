"""Two or three mentors of one mentee in one conversation: who is in it, and how they come into it.

Pairs stay what they are, with one mentor and one mentee each. Those of a mentee who wants several mentors together are
introduced by one message in one conversation: the introduction of one of them is that of all (`Pair.intro`). Slack adds
nobody to a conversation that stands, so whoever is approved later opens a new one for all.
"""

from __future__ import annotations

from collections.abc import Sequence

from mentoring.checkins import CheckIn
from mentoring.messages import Kind, Notice, to_pair
from mentoring.pairings import STANDING, Pair, PairState
from program.act import Act
from storage import checkins, groups, members, pairs
from storage.database import Tx
from storage.groups import Seat
from storage.outbox import letters, outbox
from storage.states import RowState


def brought(tx: Tx, intro_of: int) -> list[Seat]:
    """The pairs that the introduction of that pair is for: several, or that pair alone."""
    return groups.seats(tx, intro_of) or [Seat(pairs.of_id(tx, intro_of), talked=False)]


def is_for_several(tx: Tx, intro_of: int) -> bool:
    """Whether the introduction of that pair is one for several mentors, also where one of them is left."""
    return bool(groups.seats(tx, intro_of))


def of_pair(tx: Tx, pair: Pair) -> list[Pair]:
    """The pairs that are in one conversation with this one now, whatever became of them; itself among them."""
    if pair.intro_of is None:
        return [pair]
    everybody = [seat.pair for seat in groups.seats(tx, pair.intro_of)]
    return [one for one in everybody if one.intro == pair.intro] or [pair]


def going_on(tx: Tx, pair: Pair) -> list[Pair]:
    """Those of them that go on."""
    return [one for one in of_pair(tx, pair) if one.state is PairState.INTRODUCED]


def asked_about(tx: Tx, pair: Pair, person_id: str) -> list[Pair]:
    """The pairs that go on and that a question to somebody about this pair is about.

    A mentee is asked about all mentors in a conversation at once, each mentor about the mentee.
    """
    return [one for one in going_on(tx, pair) if one.id == pair.id or person_id == pair.mentee_id]


def voice(tx: Tx, pair: Pair, person_id: str) -> Pair | None:
    """The pair about which somebody is asked for all in its conversation: the first that meets."""
    about = asked_about(tx, pair, person_id)
    if len(about) < 2:
        return next(iter(about), None)
    there = [one for one in about if one.introduced_at and _meets(tx, one, person_id)]
    return next(iter(there or about))


def can_meet(tx: Tx, pair: Pair, person_id: str) -> bool:
    """Whether a pair goes on, or a mentee's group, and does not rest, with a partner who takes part."""
    return any(_meets(tx, one, person_id) for one in asked_about(tx, pair, person_id))


def _meets(tx: Tx, pair: Pair, person_id: str) -> bool:
    partner = members.get(tx, pair.program_id, pair.partner_of(person_id))
    return pair.rests_until is None and partner is not None and partner.takes_part


def mates(tx: Tx, pair: Pair) -> list[str]:
    """The mentors beside whom a mentor goes on with the mentee of this pair, in one conversation."""
    return [one.mentor_id for one in going_on(tx, pair) if one.id != pair.id and one.introduced_at]


def answers(tx: Tx, pair: Pair) -> list[CheckIn]:
    """What those in a pair's conversation answered about it since this pair is in it: they meet together."""
    everybody = of_pair(tx, pair)
    found = [one for each in everybody for who in each.people for one in checkins.of_side(tx, each.id, who)]
    return [one for one in found if one.pair_id == pair.id or is_since(pair, one)]


def is_since(pair: Pair, checkin: CheckIn) -> bool:
    """Whether an answer was given after this pair was introduced."""
    began, told = pair.introduced_at, checkin.answered_at
    return began is not None and told is not None and told >= began


def people_of(those: Sequence[Pair]) -> tuple[str, ...]:
    """The people of pairs of one mentee, who comes last."""
    return (*(one.mentor_id for one in those), *(one.mentee_id for one in those[:1]))


def about(tx: Tx, pair: Pair) -> frozenset[str]:
    """Everybody in a conversation with these two, now or by the introduction that is theirs."""
    return frozenset((*pair.people, *people_of(of_pair(tx, pair))))


def addressed(tx: Tx, notice: Notice) -> list[Pair]:
    """The pairs whose people read a message in their conversation: those that it is for and that have not ended."""
    intro_of = int(notice.subject)
    seats = groups.seats(tx, intro_of)
    if not seats:
        return [pairs.of_id(tx, intro_of)]
    here = [seat.pair for seat in seats if seat.pair.intro == intro_of]
    return [one for one in here if one.state is PairState.INTRODUCED or _finished(one)]


def _finished(pair: Pair) -> bool:
    return pair.state is PairState.FINISHED and pair.introduced_at is not None


def awaits_intro(tx: Tx, intro_of: int) -> bool:
    """Whether somebody still waits for this introduction."""
    seats = groups.seats(tx, intro_of)
    if not seats:
        pair = pairs.of_id(tx, intro_of)
        return pair.state is PairState.INTRODUCED and pair.intro == pair.id
    return any(
        seat.pair.state is PairState.INTRODUCED
        and seat.pair.intro == intro_of
        and seat.pair.introduced_at is None
        for seat in seats
    )


def channel_of(tx: Tx, notice: Notice) -> str | None:
    """The conversation of the pairs that a message other than the introduction is for."""
    return next((pair.channel for pair in addressed(tx, notice) if pair.channel), None)


def wants_together(tx: Tx, pair: Pair) -> bool:
    """Whether the mentee of a pair wants several mentors in one conversation."""
    mentee = members.get(tx, pair.program_id, pair.mentee_id)
    return mentee is not None and mentee.profile.together


def beside(tx: Tx, pair: Pair, *states: PairState) -> list[Pair]:
    """The other pairs, in these states or standing, of a mentee who wants all of a cycle together."""
    if not wants_together(tx, pair):
        return []
    theirs = pairs.of_person(tx, pair.program_id, pair.mentee_id, *(states or STANDING))
    return [
        one
        for one in theirs
        if one.cycle_id == pair.cycle_id and one.mentee_id == pair.mentee_id and one.id != pair.id
    ]


def introduce(act: Act, pair: Pair, asked: bool = False) -> None:
    """Queue the introduction of a pair, together with those beside it; what lay ready for these alone is let go."""
    _bring(act, pair, beside(act.tx, pair, PairState.INTRODUCED), asked)


def _bring(act: Act, pair: Pair, others: Sequence[Pair], asked: bool = False) -> None:
    if others:
        seats = [Seat(one, talked=one.introduced_at is not None or not _let_go(act, one)) for one in others]
        groups.bring(act.tx, pair, [*seats, Seat(pair, talked=False)])
    elif pair.intro_of is not None:
        groups.leave(act.tx, pair)
    act.say_again(to_pair(Kind.INTRO, pair.id), asked)


def _let_go(act: Act, pair: Pair) -> bool:
    """Let a pair's introduction go if it has certainly not arrived; tells whether there is none on its way now."""
    said = letters.about(act.tx, act.program.id, Kind.INTRO, pair.intro)
    on_its_way = False
    for letter in said:
        if letter.state is RowState.READY and not letter.posted:
            done = outbox.close(act.tx, letter, RowState.MOOT, "all are introduced together")
            on_its_way |= not done
        else:
            on_its_way |= letter.state not in (RowState.MOOT, RowState.FAILED)
    if not on_its_way and pair.intro_of is not None:
        groups.forget(act.tx, pair.intro_of)
    return not on_its_way


def drop_out(act: Act, pair: Pair) -> None:
    """A pair is over before its introduction arrived: those who wait for it as well are introduced without it."""
    if pair.introduced_at is not None or pair.intro_of is None:
        return
    left = [one for one in of_pair(act.tx, pair) if one.id != pair.id and one.state is PairState.INTRODUCED]
    waiting = [one for one in left if one.introduced_at is None]
    anew = pair.intro_of == pair.id and bool(waiting) and _let_go(act, pair)
    groups.leave(act.tx, pair)
    if anew:
        _bring(act, waiting[0], [one for one in left if one.id != waiting[0].id])
