"""Chooses pairs the way others do; runs in an environment of its own, on standard input and output.

In: the name of a method, and JSON with the numbers of `mentors` and `mentees` and the legal `pairs` as [mentor,
mentee, score]. Out: JSON with the `pairs` chosen as [mentor, mentee] and the `seconds` and `peak` MB it took.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Chosen = list[tuple[int, int]]
Given = dict[str, Any]


def greedy(given: Given) -> Chosen:
    """Take the pair with the best score whose people are free, again and again."""
    return _while_free(sorted(given["pairs"], key=lambda pair: (-pair[2], pair[1], pair[0])))


def at_random(given: Given) -> Chosen:
    """Take people as they come and give each a free partner by chance, as the well-known coffee bots do."""
    pairs = list(given["pairs"])
    random.Random(1).shuffle(pairs)
    return _while_free(pairs)


def assignment(given: Given) -> Chosen:
    """Solve the dense assignment problem with scipy, a pair being worth more than any score."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped,import-not-found,unused-ignore] # ours has none

    worth = np.zeros((given["mentors"], given["mentees"]))
    for mentor, mentee, score in given["pairs"]:
        worth[mentor, mentee] = score + 10_000_000
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(m), int(n)) for m, n in zip(rows, columns, strict=True) if worth[m, n]]


def mentor_match(given: Given) -> Chosen:
    """Ask mentor-match, with our rules and scores as its own."""
    from matching.mentee import Mentee  # type: ignore[import-not-found] # not in our environment
    from matching.mentor import Mentor  # type: ignore[import-not-found] # not in our environment
    from matching.process import process_data  # type: ignore[import-not-found] # not in our environment
    from matching.rules import rule  # type: ignore[import-not-found] # not in our environment

    scores = {(mentor, mentee): score for mentor, mentee, score in given["pairs"]}

    class Score(rule.Rule):  # type: ignore[misc] # the base is unknown here
        def apply(self, match_object: Any) -> int:
            score: int = scores.get((match_object.mentor.grade, match_object.mentee.grade), 0)
            return score

    legal = rule.Disqualify(lambda match: (match.mentor.grade, match.mentee.grade) not in scores)
    # A grade is the one number that its people carry; here it is who they are.
    mentors = [Mentor(grade=number, email=f"mentor {number}") for number in range(given["mentors"])]
    mentees = [Mentee(grade=number, email=f"mentee {number}") for number in range(given["mentees"])]
    process_data(mentors, mentees, [[Score(), legal]])
    return [(mentor.grade, mentee.grade) for mentor in mentors for mentee in mentor.mentees]


METHODS: dict[str, Callable[[Given], Chosen]] = {
    "mentor-match": mentor_match,
    "scipy": assignment,
    "greedy": greedy,
    "random": at_random,
}


def _while_free(pairs: list[list[int]]) -> Chosen:
    mentors: set[int] = set()
    mentees: set[int] = set()
    chosen = []
    for mentor, mentee, _ in pairs:
        if mentor not in mentors and mentee not in mentees:
            mentors.add(mentor)
            mentees.add(mentee)
            chosen.append((mentor, mentee))
    return chosen


def main() -> None:
    """Read a problem, choose, and write what was chosen."""
    given = json.load(sys.stdin)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    chosen = METHODS[sys.argv[1]](given)
    seconds = time.perf_counter() - began
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"pairs": chosen, "seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main()
