"""Why two people are not a pair: the rule between them, or how much worse the whole would be with them.

In the literature: contrastive explanation, by re-optimization with one variable fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mentoring.matching import said
from mentoring.matching.model import PairIds, Problem
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import broken_rules
from mentoring.matching.reasons import Broken
from mentoring.matching.solution import Solution
from mentoring.matching.solve import solve


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer in words, and what it rests on.

    `broken` are the hard rules against the pair. If there are none, the rest compares the best result with the
    best one that has the pair: by how much `served`, `waiting`, `pairs` and `score` would be lower (a later one
    may be higher when an earlier one is lower), which pairs would go and which would come.
    """

    mentor_id: str
    mentee_id: str
    words: str
    broken: tuple[Broken, ...] = ()
    served: int = 0
    waiting: int = 0
    pairs: int = 0
    score: int = 0
    gone: tuple[PairIds, ...] = ()
    new: tuple[PairIds, ...] = ()


def why_not(problem: Problem, mentor_id: str, mentee_id: str, solution: Solution | None = None) -> WhyNot:
    """Return why the two are not a pair in the best result, by solving again with the pair fixed.

    Give the problem's `solution` if it is at hand; otherwise it is computed. Raises `MatchingError` for people
    whom the problem does not know.
    """
    context = Context(problem)
    mentor, mentee = context.person(mentor_id), context.person(mentee_id)
    best = solution or solve(problem)
    chosen = _ids(best)
    if (mentor_id, mentee_id) in chosen:
        return WhyNot(mentor_id, mentee_id, "They are a pair in the best result.")
    fixed = problem.fixed & chosen
    broken = broken_rules(mentor, mentee, context.around(fixed))
    if broken:
        return WhyNot(mentor_id, mentee_id, " ".join(map(said.broken, broken)), broken)
    other = solve(replace(problem, fixed=fixed | {(mentor_id, mentee_id)}, keep=chosen), since=best.trail)
    return _compared(mentor_id, mentee_id, best, other)


def _compared(mentor_id: str, mentee_id: str, best: Solution, other: Solution) -> WhyNot:
    before, after = best.proof, other.proof
    chosen, instead = _ids(best), _ids(other)
    losses = (
        before.served - after.served,
        before.waiting - after.waiting,
        before.pairs - after.pairs,
        before.score - after.score,
    )
    gone, new = tuple(sorted(chosen - instead)), tuple(sorted(instead - chosen - {(mentor_id, mentee_id)}))
    words = f"{said.loss(*losses, before.score)} {said.changes(len(gone), len(new))}".strip()
    return WhyNot(mentor_id, mentee_id, words, (), *losses, gone, new)


def _ids(solution: Solution) -> frozenset[PairIds]:
    return frozenset((pair.mentor_id, pair.mentee_id) for pair in solution.pairs)
