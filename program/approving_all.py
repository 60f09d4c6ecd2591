"""Approving many pairs at once: those that a lead saw, as they were seen, some in each transaction.

What changed since is left as it is, and told with the reason. Each batch is committed by itself: if the bot stops in
the middle, what is approved stays so, and the rest still waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mentoring.cycles import CycleState
from mentoring.pairings import Pair, PairState
from program import access, approvals, introductions, matching, reviewing, sight
from program.act import Act
from program.context import AT_ONCE, Context
from program.forms import AllAtOnce
from program.look import Look
from program.members import withdraw
from program.screens import card_of
from storage import cycles, pairs


class Left(StrEnum):
    """Why a pair was not approved with the others."""

    DECIDED = "decided"
    CHANGED = "changed"
    HELD = "held"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ApprovedAll:
    """How many pairs were approved, and the numbers of those that were not, by the reason."""

    approved: int
    left: Mapping[Left, tuple[int, ...]]


def about_to(ctx: Context, workspace: str, lead_id: str) -> AllAtOnce:
    """What approving all that waits in the newest cycle would do. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        return reviewing.about_to_approve_all(act)


def approve_seen(ctx: Context, workspace: str, lead_id: str, seen: str) -> ApprovedAll:
    """Approve the pairs of which this was seen (`program.sight`), each if it is as it was. Raises `NotAllowed`."""
    marks = sight.read(seen)
    left: dict[Left, list[int]] = {}
    approved = 0
    for numbers in _batches(list(marks)):
        with ctx.act(workspace, lead_id) as act:
            access.lead(act)
            for number in numbers:
                why = _approve(act, number, marks[number])
                if why is None:
                    approved += 1
                else:
                    left.setdefault(why, []).append(number)
    return ApprovedAll(approved, {why: tuple(numbers) for why, numbers in left.items()})


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _approve(act: Act, number: int, mark: str) -> Left | None:
    """Approve one pair as it was seen; gives why not."""
    look = Look(act.tx, act.program)
    pair = look.pair(number)
    if pair is None or pair.state is not PairState.PROPOSED:
        return Left.DECIDED
    if pair.held_by:
        return Left.HELD
    if sight.mark_of(card_of(look, pair)) != mark:
        return Left.CHANGED
    return _as_seen(act, pair)


def _as_seen(act: Act, pair: Pair) -> Left | None:
    cycle = cycles.get(act.tx, pair.cycle_id)
    broken = matching.what_breaks(act.tx, act.program, cycle, pair)
    if broken:
        withdraw(act.tx, pair, broken)
        return Left.BROKEN
    approvals.decide(act, pair, PairState.APPROVED, "")
    if cycle.state is CycleState.RUNNING or cycle.times.intro_at <= act.now:
        introductions.introduce(act, cycle, pairs.of_id(act.tx, pair.id), asked=True)
    return None
