"""The leads' decisions on proposed pairs: checked at the click, made once, and told to whoever was second."""

from __future__ import annotations

from mentoring.cycles import CycleState, StillAlone
from mentoring.errors import AlreadyDecided, NoSuchPair, PairBroken
from mentoring.for_leads import PairCard
from mentoring.pairings import Pair, PairState
from mentoring.people import one_line
from program import access, introductions, matching, resolving
from program.act import Act
from program.context import Context
from program.forms import MAX_REASON, Pending
from program.look import Look
from program.members import withdraw
from program.reviewing import PAGE, review
from program.screens import card_of
from program.subjects import OfPair
from storage import cycles, left_out, members, pairs, whole

__all__ = [
    "MAX_REASON",
    "PAGE",
    "about_to_approve",
    "approve",
    "card",
    "decide",
    "decline",
    "only_leads",
    "pending",
    "review",
]


def approve(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Pair:
    """Approve a proposed pair; after intro time it is introduced at once.

    Raises `NotAllowed`, `NoSuchPair`, `AlreadyDecided`, or `PairBroken` when a hard rule has come to forbid it.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        found = whole.pair(act.tx, access.lead(act).id, pair_id)
        if found is None:
            raise NoSuchPair
        pair, cycle = _waiting(found.pair), found.cycle
        broken = matching.what_breaks(act.tx, act.program, cycle, pair, both=found.members)
        if broken:
            withdraw(act.tx, pair, broken)
        else:
            pair = decide(act, pair, PairState.APPROVED, "")
            if cycle.state is CycleState.RUNNING or cycle.times.intro_at <= act.now:
                introductions.introduce(act, cycle, pair, asked=True)
                pair = pairs.of_id(act.tx, pair.id)
    if broken:
        raise PairBroken(pair.id, broken)
    return pair


def about_to_approve(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> tuple[str, str]:
    """The people of a pair that can still be decided on, for a lead who is about to. Raises like `approve`."""
    with ctx.read(workspace, lead_id, OfPair(pair_id)) as act:
        return pairs.waiting_for(act.tx, workspace, lead_id, pair_id) or _proposed(act, pair_id).people


def decline(ctx: Context, workspace: str, lead_id: str, pair_id: int, reason: str = "") -> Pair:
    """Decline a proposed pair; the reason is for the leads. `resolving.after` finds what is best then.

    Raises like `approve`.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = decide(act, _proposed(act, pair_id), PairState.DECLINED, one_line(reason)[:MAX_REASON])
        resolving.wish(act, pair.cycle_id)
        return pair


def only_leads(ctx: Context, workspace: str, person_id: str) -> None:
    """Raise `NotAllowed` for whoever is no lead, and could only be told so after an answer that is for leads."""
    with ctx.read(workspace, person_id) as act:
        access.lead(act)


def card(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> PairCard:
    """A pair that can still be decided on, for a lead who is about to. Raises like `approve`."""
    with ctx.read(workspace, lead_id, OfPair(pair_id)) as act:
        return card_of(Look(act.tx, act.program), _proposed(act, pair_id))


def pending(ctx: Context, workspace: str, lead_id: str) -> Pending:
    """Everything that waits for the leads: pairs of any open cycle, and people without one. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        held = [cycle for cycle in cycles.of_program(tx, program.id) if cycle.state is not CycleState.CLOSED]
        waiting = [pair for cycle in held for pair in pairs.of_cycle(tx, cycle.id, PairState.PROPOSED)]
        look = Look(tx, program)
        look.pairs(*(pair.id for pair in waiting[:PAGE]))  # with all that their cards ask for
        return Pending(
            cards=tuple(card_of(look, pair) for pair in waiting[:PAGE]),
            others=tuple(pair.id for pair in waiting[PAGE:]),
            left_out=left_out.still(tx, held[-1].id) if held else StillAlone(),
            held=tuple(members.held(tx, program.id)),
        )


def _proposed(act: Act, pair_id: int) -> Pair:
    pair = pairs.get(act.tx, access.lead(act).id, pair_id)
    if pair is None:
        raise NoSuchPair
    return _waiting(pair)


def _waiting(pair: Pair) -> Pair:
    """The pair, if nobody has decided on it; else raises `AlreadyDecided`."""
    if pair.state is not PairState.PROPOSED:
        raise AlreadyDecided(pair)
    return pair


def decide(act: Act, pair: Pair, to: PairState, note: str) -> Pair:
    """Make the decision if nobody was faster; raises `AlreadyDecided` with what they decided."""
    decided = pairs.moved(act.tx, pair, to, decided_by=act.by, decided_at=act.now, note=note, by_rule=None)
    if decided is None:
        raise AlreadyDecided(pairs.of_id(act.tx, pair.id))
    act.note(to, pair.id, before={"state": pair.state.value}, after={"state": to.value})
    return decided
