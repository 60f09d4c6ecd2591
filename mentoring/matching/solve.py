"""From a problem to its best set of pairs, with reasons and a proof.

The objective, in this order: most people served, where a person is served in a role by at least one partner
in it; most waiting cycles among those served; most pairs; highest total score; most pairs that the leads have
seen.
"""

from __future__ import annotations

from mentoring.matching.context import Context
from mentoring.matching.model import (
    Broken,
    MatchedPair,
    MatchingFault,
    PairIds,
    Problem,
    Proof,
    RefusedPair,
    Rule,
    Solution,
)
from mentoring.matching.rules import broken_rules
from mentoring.matching.score import score_parts
from mentoring.matching.verify import tally, verify


def solve(problem: Problem) -> Solution:
    """Return the best legal set of pairs, the same in whatever order the parts of the problem are given.

    Fixed pairs come first; those that break a hard rule are refused with reasons, and the rest is solved
    around the others. Raises `MatchingFault` if the result fails its own check.
    """
    # numpy and OR-tools take a while to load, which nobody who only checks a rule should wait for.
    from mentoring.matching import explain, flow, network
    from mentoring.matching.candidates import Board

    context = Context(problem)
    fixed, refused = _fix(context)
    board = Board(context.around(fixed))
    candidates = board.candidates()
    model = network.build(board, candidates)
    best = flow.solve_tiers(model.network, model.tiers)
    chosen = network.chosen_pairs(board, candidates, best.units[model.pairs])
    _check_gain(board.context, chosen, [int((tier.worth * best.units).sum()) for tier in model.tiers])
    pairs = _matched(context, fixed | chosen)
    reached = verify(context, pairs)
    proof = Proof(
        optimal=flow.is_optimal(model.network, best),
        **reached._asdict(),
        candidates=len(candidates.score),
        rounds=1,
        stages=len(best.stages),
    )
    return Solution(pairs, explain.left_out(board, chosen), explain.supply(context), proof, refused)


def _fix(context: Context) -> tuple[frozenset[PairIds], tuple[RefusedPair, ...]]:
    """Split the fixed pairs into those that can be, in the order of their ids, and those that cannot."""
    fixed: set[PairIds] = set()
    refused = []
    for pair in sorted(context.problem.fixed - context.problem.taken):
        broken = _broken_by(pair, context.around(frozenset(fixed)))
        if broken:
            refused.append(RefusedPair(*pair, broken))
        else:
            fixed.add(pair)
    return frozenset(fixed), tuple(refused)


def _broken_by(pair: PairIds, context: Context) -> tuple[Broken, ...]:
    mentor, mentee = (context.people.get(person_id) for person_id in pair)
    if mentor is None or mentee is None:
        return (Broken(Rule.ROLE, "One of them does not take part in this program."),)
    return broken_rules(mentor, mentee, context)


def _matched(context: Context, pairs: frozenset[PairIds]) -> tuple[MatchedPair, ...]:
    """Return the pairs with their scores, in the order of mentee and mentor id."""
    return tuple(_scored(context, pair) for pair in sorted(pairs, key=lambda pair: pair[::-1]))


def _scored(context: Context, pair: PairIds) -> MatchedPair:
    mentor, mentee = context.person(pair[0]), context.person(pair[1])
    parts = score_parts(mentor, mentee, context.problem.weights, context.problem.on)
    return MatchedPair(mentor.id, mentee.id, sum(part.points for part in parts), parts)


def _check_gain(context: Context, chosen: frozenset[PairIds], claimed: list[int]) -> None:
    """Check that what the flow is worth is what its pairs add to those that stand."""
    before, after = tally(context, ()), tally(context, _matched(context, chosen))
    if claimed != [late - early for early, late in zip(before, after, strict=True)]:
        raise MatchingFault("The flow and its pairs do not add up to the same result.")
