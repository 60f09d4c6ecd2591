"""Undo: a decision is taken back, and the pair waits as it did before, until its introduction is on the way.

A pair that leads made by hand, or by a swap, did not wait before: it is withdrawn, or declined as it was, and the rest
is matched around that.
"""

from __future__ import annotations

from typing import Any

from mentoring.cycles import CycleState
from mentoring.errors import NoSuchPair, NotToUndo, PairBroken
from mentoring.pairings import UNDONE, Because, Cause, Pair, PairState
from program import access, closing, matching, resolving
from program.act import Act
from program.context import Context
from program.subjects import OfPair
from storage import pairs, whole
from storage.whole import WholePair


def undo(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Pair:
    """Let a pair wait for a decision again, whoever made the last one; a pair that rests goes on.

    One that was made by hand is withdrawn, or declined again. `resolving.after` finds what is best then.

    Raises `NotAllowed`, `NoSuchPair`, `NotToUndo` when there is nothing to take back (any more), or `PairBroken` when
    a hard rule forbids a declined pair by now.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        found = whole.pair(act.tx, access.lead(act).id, pair_id)
        if found is None:
            raise NoSuchPair
        if found.pair.rests_until is not None and closing.go_on(act, found.pair):
            return pairs.of_id(act.tx, pair_id)
        return _undone(act, found)


def _undone(act: Act, found: WholePair) -> Pair:
    pair = found.pair
    if pair.state not in UNDONE or found.cycle.state is CycleState.CLOSED:
        raise NotToUndo(pair)
    if pair.state is PairState.DECLINED:
        # An approved pair is looked at whenever something changes; one that was declined is not.
        broken = matching.what_breaks(act.tx, act.program, found.cycle, pair, both=found.members)
        if broken:
            raise PairBroken(pair.id, broken)
    state, as_before = _before(act, pair)
    undone = pairs.moved(act.tx, pair, state, **as_before)
    if undone is None:
        raise NotToUndo(pairs.of_id(act.tx, pair.id))
    act.note("undo", pair.id, before={"state": str(pair.state)}, after={"state": str(undone.state)})
    if pair.state is PairState.DECLINED or pair.made_by_hand:
        # What was matched around its decline makes way, where that is better for the whole.
        resolving.wish(act, pair.cycle_id)
    return undone


def _before(act: Act, pair: Pair) -> tuple[PairState, dict[str, Any]]:
    """The state in which the decision found a pair, and what stood in the columns that it set."""
    if pair.made_by_hand and pair.declined:
        stood = {"decided_by": pair.declined.by, "decided_at": pair.declined.at, "note": pair.declined.note}
        return PairState.DECLINED, stood | {"bent": None, "instead_of": None, "declined": None}
    # No rule may approve again at once what a lead has just taken back.
    held = pair.held_by or (act.by if act.program.rules.policy else None)
    undecided = {"decided_by": None, "decided_at": None, "note": "", "by_rule": None, "held_by": held}
    if pair.made_by_hand:
        return PairState.WITHDRAWN, {**undecided, "why": Because(Cause.TAKEN_BACK)}
    return PairState.PROPOSED, undecided
