"""How long it takes to list who else could be in the place of a pair, and to match the rest around a decision."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from benchmarks.matching.organization import ALL_FIT, VARIANTS, organization
from mentoring.matching import PairIds, Problem, Solution, solve
from mentoring.matching.swaps import swaps

_DRAWS = 9


class Taken(NamedTuple):
    """Seconds that passed, and seconds of the processor."""

    passed: float
    worked: float

    def __str__(self) -> str:
        """Both, for a cell of a table."""
        return f"{self.passed:.2f} | {self.worked:.2f}"


@dataclass(frozen=True, slots=True)
class Swapping:
    """Median seconds in one organization of so many people: to list swaps of a pair, and to solve again without it.

    Each with those that the processor worked, which other work on the machine does not make longer.
    """

    people: int
    variant: str
    listed: Taken
    solved_again: Taken


def measure(people: int) -> list[Swapping]:
    """Measure every kind of organization at this size, with what a running bot has at hand from the last matching."""
    return [_measured(people, variant) for variant in VARIANTS | ALL_FIT]


def _measured(people: int, variant: str) -> Swapping:
    problem = organization(people, **(VARIANTS | ALL_FIT)[variant])
    solution = solve(problem)
    seen = _ids(solution)
    proposed = replace(problem, keep=seen)
    trail = swaps(proposed, min(seen), solution.trail).trail
    some = random.Random(1).sample(sorted(seen), _DRAWS)

    def decline(pair: PairIds) -> Problem:
        return replace(problem, keep=seen - {pair}, forbidden=problem.forbidden | {pair})

    return Swapping(
        people,
        variant,
        _median(lambda pair: swaps(proposed, pair, trail), some),
        _median(lambda pair: solve(decline(pair), trail), some),
    )


def _median(work: Callable[[PairIds], object], pairs: list[PairIds]) -> Taken:
    def taken(pair: PairIds) -> Taken:
        began, worked = time.perf_counter(), time.process_time()
        work(pair)
        return Taken(time.perf_counter() - began, time.process_time() - worked)

    found = list(map(taken, pairs))
    return Taken(*(statistics.median(each) for each in zip(*found, strict=True)))


def _ids(solution: Solution) -> frozenset[PairIds]:
    return frozenset((pair.mentor_id, pair.mentee_id) for pair in solution.pairs)


if __name__ == "__main__":
    print("| people | organization | listing swaps, s | of these CPU | solving again, s | of these CPU |")
    print("|---|---|---|---|---|---|")
    for size in (1_000, 10_000):
        for one in measure(size):
            print(f"| {one.people:,} | {one.variant} | {one.listed} | {one.solved_again} |")
