"""From a problem to its best set of pairs, with reasons and a proof.

The objective, in this order: most people served, where a person is served in a role by at least one partner
in it; most waiting cycles among those served; most pairs; highest total score; most pairs that the leads have
seen.

1. Fixed pairs are checked and stand, and everybody else is put on a board around them (`fix`, `Board`).
2. Few couples: all legal pairs are listed, and a flow chooses among them, tier by tier (`_best_of_all`). Many: the
   search begins with a few candidates and brings in others until none can improve the result (`_best_few`).
3. Prices prove the choice (`optimal`).
4. The pairs get their scores and reasons, and the result is looked at again from the people alone (`_proof`).
5. Whoever is left out gets a reason, and what would help (`why.explain`).

In the literature: certifying algorithm, weighted bipartite b-matching, lexicographic optimization.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from mentoring.matching.model import MatchingFault, PairIds, Problem, Rule
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import broken_rules
from mentoring.matching.pairs.score import score_parts
from mentoring.matching.reasons import Broken, Case
from mentoring.matching.solution import MatchedPair, Proof, RefusedPair, Solution, Tally, Trail
from mentoring.matching.watch import Step, Watch, unwatched
from mentoring.matching.why.verify import tally, verify

if TYPE_CHECKING:
    from mentoring.matching.pairs.board import Board


LARGE = 2_000_000
"""With more pairs than this, legal or not, candidates are few and the proof looks at the others."""


def solve(problem: Problem, since: Trail | None = None, watch: Watch = unwatched) -> Solution:
    """Return the best legal set of pairs, the same in whatever order the parts of the problem are given.

    Fixed pairs come first; those that break a hard rule are refused with reasons, and the rest is solved
    around the others. A large problem is solved faster `since` the trail that a solution of nearly the same one
    left; this changes nothing about what is reached. `watch` is told each step as it begins. Raises
    `MatchingFault` if the result fails its own check.
    """
    watch(Step.PREPARE)
    # numpy and the flow solver take a while to load, which nobody who only checks a rule should wait for.
    from mentoring.matching.pairs.board import Board
    from mentoring.matching.why import explain

    context = Context(problem)
    fixed, refused = fix(context)
    board = Board(context.around(fixed))
    found = _best_few(board, since, watch) if board.size() > LARGE else _best_of_all(board, watch)
    watch(Step.EXPLAIN)
    pairs = _matched(context, fixed | found.chosen)
    proof = _proof(context, board, found, pairs)
    left_out = explain.left_out(board, found.chosen)
    return Solution(pairs, left_out, explain.supply(board), proof, refused, found.trail)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search came to: the pairs chosen and the sum of their scores, and how it was proven.

    `bound` is what the pairs chosen could have come to at most, tier by tier; a search whose prices count all
    tiers in one number has none, and that number is the same on both sides when it is optimal.
    """

    chosen: frozenset[PairIds]
    score: int
    optimal: bool
    candidates: int
    rounds: int
    stages: int
    bound: Sequence[int] = ()
    trail: Trail | None = None


def _best_of_all(board: Board, watch: Watch) -> _Found:
    """List all legal pairs and choose among them."""
    from mentoring.matching.flow import network, objective, tiers

    watch(Step.LIST)
    candidates = board.candidates()
    watch(Step.CHOOSE)
    model = objective.build(*board.rosters(candidates), candidates)
    best = tiers.solve_tiers(model.network, model.tiers())
    units = best.units[model.pairs]
    watch(Step.PROVE)
    return _Found(
        chosen=board.chosen(candidates, units > 0),
        score=int((candidates.score * units).sum()),
        optimal=network.is_optimal(model.network, best),
        candidates=len(candidates.score),
        rounds=1,
        stages=len(best.stages),
        bound=tiers.dual_values(model.network, best.stages),
    )


def _best_few(board: Board, since: Trail | None, watch: Watch) -> _Found:
    """Choose among a few candidates, until no other legal pair can improve the result."""
    from mentoring.matching.search.pruned import solve_pruned

    best = solve_pruned(board, since, watch)
    return _Found(best.chosen, best.score, best.optimal, best.candidates, best.rounds, 1, trail=best.trail)


def _proof(context: Context, board: Board, found: _Found, pairs: Sequence[MatchedPair]) -> Proof:
    """Return what was reached and how it is proven, after a second look; raises `MatchingFault`."""
    reached = verify(context, pairs)
    before = tally(context, [pair for pair in pairs if (pair.mentor_id, pair.mentee_id) not in found.chosen])
    if found.score != reached.score - before.score:
        raise MatchingFault("The flow and its pairs do not add up to the same result.")
    return Proof(
        optimal=found.optimal,
        **asdict(reached),
        bound=_bound(before, found, reached),
        compared=board.size(),
        candidates=found.candidates,
        rounds=found.rounds,
        stages=found.stages,
    )


def _bound(before: Tally, found: _Found, reached: Tally) -> Tally | None:
    """Return what no legal set of pairs exceeds, `before` included; None if that is not proven."""
    if not found.optimal:
        return None
    if not found.bound:
        return reached
    bound = Tally(*map(sum, zip(astuple(before), found.bound, strict=True)))
    if bound != reached:
        raise MatchingFault(f"The prices prove {bound}, and what was reached is {reached}.")
    return bound


def fix(context: Context) -> tuple[frozenset[PairIds], tuple[RefusedPair, ...]]:
    """Split the fixed pairs into those that can be and those that cannot, looking at them in the order of their ids."""
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
        return (Broken(Rule.ROLE, Case.UNKNOWN),)
    return broken_rules(mentor, mentee, context)


def _matched(context: Context, pairs: frozenset[PairIds]) -> tuple[MatchedPair, ...]:
    """Return the pairs with their scores, in the order of mentee and mentor id."""
    return tuple([_scored(context, pair) for pair in sorted(pairs, key=itemgetter(1, 0))])


def _scored(context: Context, pair: PairIds) -> MatchedPair:
    mentor, mentee = context.person(pair[0]), context.person(pair[1])
    problem = context.problem
    parts = score_parts(mentor, mentee, problem.weights, problem.on, problem.related)
    return MatchedPair(mentor.id, mentee.id, sum([part.points for part in parts]), parts)
