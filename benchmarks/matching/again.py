"""Solving again after leads declined some pairs: how long it takes, and how many of the other pairs change."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.matching.plain_pass import reference
from mentoring.matching import PairIds, Problem, Solution, solve

PEOPLE = 10_000
DECLINED = (1, 5, 20, 50)
_DRAWS = 3


@dataclass(frozen=True, slots=True)
class Again:
    """What became of a solution after `declined` pairs were declined, several times, drawn anew each time.

    `seconds` is the median; `first` is what the first solution took and `reference` a plain pass. `changed` is how
    many pairs that were not declined are gone, the median, and `most` the most.
    """

    people: int
    declined: int
    seconds: float
    first: float
    reference: float
    changed: int
    most: int
    optimal: bool

    @property
    def aim(self) -> int:
        """How many pairs are to change at most."""
        return 3 * self.declined + 5


def measure(problem: Problem, declined: Sequence[int] = DECLINED) -> list[Again]:
    """Solve a problem, then solve it again without some of its pairs, for each number to be declined."""
    solve(problem)  # The first solution of all loads the libraries, which a running bot has behind it.
    began = time.process_time()
    solution = solve(problem)
    first = time.process_time() - began
    plain = reference(problem)
    return [_again(problem, solution, count, first, plain) for count in declined]


def _again(problem: Problem, solution: Solution, declined: int, first: float, plain: float) -> Again:
    turns = [_one(problem, solution, declined, seed) for seed in range(_DRAWS)]
    return Again(
        people=len(problem.people),
        declined=declined,
        seconds=statistics.median(seconds for seconds, _, _ in turns),
        first=first,
        reference=plain,
        changed=statistics.median_low(changed for _, changed, _ in turns),
        most=max(changed for _, changed, _ in turns),
        optimal=all(optimal for _, _, optimal in turns),
    )


def _one(problem: Problem, solution: Solution, declined: int, seed: int) -> tuple[float, int, bool]:
    """Return the seconds it took, how many of the other pairs are gone, and whether the result is proven."""
    pairs = _ids(solution)
    out = frozenset(random.Random(seed).sample(sorted(pairs), declined))
    changed = replace(problem, forbidden=problem.forbidden | out, keep=pairs - out)
    began = time.process_time()
    after = solve(changed, since=solution.trail)
    seconds = time.process_time() - began
    return seconds, len(changed.keep - _ids(after)), after.proof.optimal


def _ids(solution: Solution) -> frozenset[PairIds]:
    return frozenset((pair.mentor_id, pair.mentee_id) for pair in solution.pairs)
