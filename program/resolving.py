"""After a decision, the rest is matched again around what stands, and whoever decided hears what changed by that.

1. The decision and the wish to match around it are one commit (`wish`): a stop of the bot in between loses neither.
2. When the decision is acknowledged, the best set of pairs is computed outside a transaction (`after`). One run serves
   all who decided something before it began.
3. It is stored unless somebody decided something meanwhile; then it is computed again.
4. What a stop cut short, what many decisions at once left over, and what takes long, a tick does (`due`): in a large
   program one matching serves all that is decided within so many seconds, and everybody else is answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mentoring.cycles import Cycle, CycleState
from mentoring.pairings import Pair
from mentoring.programs import Program
from program import before_matching, matching
from program.act import Act
from program.context import Context
from program.cycles import Overtaken, make_way, post_cards
from program.matching import Proposal
from program.subjects import OfCycle
from storage import cycles, members, pairs

ATTEMPTS = 3
"""So often it is computed before it is left to the next tick: many leads may be deciding at once."""

LEFT_OVER = timedelta(seconds=20)
"""What was not matched around a decision after so long is done by a tick: the largest matching takes seconds."""

LARGE = 20_000
"""With more people than these, whoever decides does not wait for the matching: each takes seconds of a processor
(`python -m benchmarks.matching.what_if` has those of 10,000), and slows down every answer to others."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What matching around a decision changed: pairs that are new, and proposals that made way.

    `later` tells that it is still to be done: others decided something at the same time, or the program is large.
    """

    new: tuple[Pair, ...] = ()
    gone: tuple[Pair, ...] = ()
    later: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.later)


def wish(act: Act, cycle_id: int) -> None:
    """Keep, together with a decision, that the rest of its cycle is to be matched around it."""
    cycles.to_resolve(act.tx, cycle_id, act.by, act.now)


def after(ctx: Context, workspace: str, lead_id: str, cycle_id: int) -> Changed:
    """Match the rest of a cycle around what was decided, unless somebody else has; gives what changed."""
    with ctx.read(workspace, lead_id, OfCycle(cycle_id)) as act:
        if members.count(act.tx, act.program.id) > LARGE:
            return Changed(later=True)
    return _matched(ctx, workspace, lead_id, cycle_id)


def _matched(ctx: Context, workspace: str, lead_id: str, cycle_id: int) -> Changed:
    with ctx.trails.turn(cycle_id):
        for _ in range(ATTEMPTS):
            changed = _resolved(ctx, workspace, lead_id, cycle_id)
            if changed is not None:
                return changed
    return Changed(later=True)


def waits(ctx: Context) -> bool:
    """Whether somebody decided something around which the rest is not matched yet."""
    with ctx.read() as act:
        return bool(cycles.waiting_to_resolve(act.tx, act.now + LEFT_OVER))


def due(ctx: Context) -> int:
    """Do what was left over; gives in how many cycles."""
    with ctx.read() as act:
        waiting = cycles.waiting_to_resolve(act.tx, act.now - LEFT_OVER)
    return sum(not _matched(ctx, "", lead_id, cycle.id).later for cycle, lead_id in waiting)


def _resolved(ctx: Context, workspace: str, lead_id: str, cycle_id: int) -> Changed | None:
    """Compute the pairs outside a transaction and store them in one; None if a decision came first."""
    with ctx.read(workspace, lead_id, OfCycle(cycle_id)) as act:
        since, cycle, program = (
            cycles.resolves_since(act.tx, cycle_id),
            cycles.get(act.tx, cycle_id),
            act.program,
        )
        if since is None:
            return Changed()
        problem = before_matching.problem_of(act.tx, program, cycle) if _is_proposed(cycle) else None
    if problem is None:
        with ctx.act(workspace, lead_id, OfCycle(cycle_id)) as act:
            cycles.not_to_resolve(act.tx, cycle)
        return Changed()
    with ctx.timed("matching"):
        proposal = matching.propose(problem, ctx.trails.of(cycle))
    ctx.trails.keep(cycle, proposal.trail)
    try:
        with ctx.act(workspace, lead_id, OfCycle(cycle_id)) as act:
            if not cycles.resolved(act.tx, cycle, since, proposal.left_out):
                raise Overtaken
            gone = make_way(act.tx, cycle, proposal, problem.taken | problem.keep)
            return _stored(act, program, cycle, proposal, gone)
    except Overtaken:
        return None


def _is_proposed(cycle: Cycle) -> bool:
    """Whether the leads have seen pairs of this cycle, which is not over."""
    return cycle.runs > 0 and cycle.state is not CycleState.CLOSED


def _stored(act: Act, program: Program, cycle: Cycle, proposal: Proposal, gone: Sequence[Pair]) -> Changed:
    carded = not pairs.wait_without_card(act.tx, cycle.id)
    numbers = pairs.propose(act.tx, program.id, cycle.id, proposal.new, act.now)
    if carded:
        post_cards(act, numbers, asked=bool(act.by))
    if numbers or gone:
        act.note("match around", cycle.id, proposed=len(numbers), replaced=len(gone))
    return Changed(tuple(pairs.of_id(act.tx, number) for number in numbers), tuple(gone))
