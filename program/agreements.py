"""What the people of a pair sign, in one tap each, and what happens while somebody has not.

1. With its introduction a pair is asked to sign (`introductions.introduce`); the message shows who has.
2. A tap or a word signs for all in the conversation that somebody is in a pair with (`sign`).
3. A week after the introduction stands, a pair that has not signed is reminded there, once (`remind_due`).
4. A week later leads read, in the digest and on Home, how many have not; never whose signature is missing
   (`mentoring.at_risk.Reason.NOT_SIGNED`).
"""

from __future__ import annotations

from mentoring.messages import Kind, Notice, to_pair
from mentoring.pacts import NothingToSign, Unsigned
from mentoring.pairings import Pair, PairState
from program import access, groups
from program.act import Act
from program.context import Context
from program.look import Look
from program.meeting_looks import done, pact_of, signed
from program.subjects import OfPair
from storage import pacts, pairs

BATCH = 200


def sign(ctx: Context, workspace: str, person_id: str, pair_id: int = 0) -> tuple[str, ...]:
    """Sign what a pair agrees on, or all of somebody's pairs; gives with whom. Raises `NothingToSign`."""
    about = (OfPair(pair_id),) if pair_id else ()
    with ctx.act(workspace, person_id, *about) as act:
        access.member(act)
        mine = [one for one in _to_sign(act) if not pair_id or one.intro == _intro_of(act, pair_id)]
        for pair in mine:
            pacts.sign(act.tx, pair.id, person_id, act.now)
    if not mine:
        raise NothingToSign
    return tuple(pair.partner_of(person_id) for pair in mine)


def _to_sign(act: Act) -> list[Pair]:
    """The pairs that go on, of whoever acts, that were asked to sign."""
    current = pairs.of_person(act.tx, act.program.id, act.by, PairState.INTRODUCED)
    return [pair for pair in current if pacts.get(act.tx, pair.id)]


def _intro_of(act: Act, pair_id: int) -> int:
    pair = pairs.get(act.tx, act.program.id, pair_id)
    return pair.intro if pair else 0


def remind_due(ctx: Context) -> int:
    """Remind each pair that has not signed a week after its introduction; gives how many were due."""
    with ctx.read() as act:
        due = pacts.due(act.tx, act.now, BATCH)
    for pair_id in due:
        with ctx.act(about=OfPair(pair_id)) as act:
            _remind(act, pairs.of_id(act.tx, pair_id))
    return len(due)


def _remind(act: Act, pair: Pair) -> None:
    here = groups.going_on(act.tx, pair)
    waits = pair in here and pair.rests_until is None and not _all_signed(act, here)
    if pacts.looked_at(act.tx, pair.id, act.now, waits) and waits:
        act.say(to_pair(Kind.UNSIGNED, pair.intro))


def _all_signed(act: Act, here: list[Pair]) -> bool:
    found = pacts.signed(act.tx, [pair.id for pair in here])
    return set(groups.people_of(here)) <= set(done(here, found))


def unsigned_screen(look: Look, notice: Notice) -> Unsigned | None:
    """Who has signed by now of those who were reminded in their conversation."""
    pair = look.pair(int(notice.subject))
    if pair is None:
        return None
    seats = [seat.pair for seat in look.brought(pair.id)]
    here = [one for one in seats if one.state is PairState.INTRODUCED and pact_of(look, one)]
    return Unsigned(look.name, pair.id, groups.people_of(here), signed(look, here), over=not here)
