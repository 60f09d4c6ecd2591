"""`python -m benchmarks.matching.what_if`: how long it takes to say what other rules would change.

It counts what `program.rules.what_if` counts, from people in memory: the rules of now, stricter ones, and those without
each rule. A second, whole matching of the same people under the same rules has to fill as many places.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.figures import middle_run
from benchmarks.matching.organization import VARIANTS, organization
from mentoring.matching import Problem, Rules, solve
from mentoring.matching.places import Places

PEOPLE = 10_000
STRICTER = Rules(min_gap=2, max_gap=4, other_department_only=True, min_overlap_minutes=240)
MILDER = (
    replace(STRICTER, min_gap=1),
    replace(STRICTER, max_gap=None),
    replace(STRICTER, other_department_only=False),
    replace(STRICTER, min_overlap_minutes=0),
    replace(STRICTER, guests_allowed=True),
)


class Different(Exception):
    """The count is not what a whole matching fills."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One count: the seconds it took, and the places filled under the rules of now, the stricter ones, the milder.

    Other work on the machine does not make the seconds longer that the processor `worked`.
    """

    seconds: float
    filled: tuple[int, ...]
    worked: float = 0.0


def measure(problem: Problem) -> Counted:
    """Count, three times where that is short; raises `Different`."""
    found = middle_run(lambda: _counted(problem), lambda one: one.seconds)
    for rules, filled in zip((problem.rules, STRICTER), found.filled, strict=False):
        if (served := solve(replace(problem, rules=rules)).proof.served) != filled:
            raise Different(f"{filled:,} places instead of {served:,}")
    return found


def _counted(problem: Problem) -> Counted:
    began, worked = time.perf_counter(), time.process_time()
    places = Places(problem)
    now, under = places.filled(problem.rules), places.filled(STRICTER)
    milder = [places.filled(rules, under).number for rules in MILDER]
    took = time.perf_counter() - began
    return Counted(took, (now.number, under.number, *milder), time.process_time() - worked)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind of organization."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.matching.what_if",
        description="How long it takes to count what other rules would change, and how many places they fill.",
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people there are (10,000)")
    size = parser.parse_args(arguments).people
    for name, variant in VARIANTS.items():
        found = measure(organization(size, **variant))
        took = f"{found.seconds:.2f} s, of these {found.worked:.2f} s CPU"
        print(f"{size:,} people, {name}: {took}; places {', '.join(map(str, found.filled))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
