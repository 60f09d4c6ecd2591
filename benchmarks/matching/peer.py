"""Chooses pairs the way others do; runs in an environment of its own, without any of our libraries.

    python -m benchmarks.matching.peer METHOD given.npz

prints JSON: the `pairs` chosen as [mentor, mentee], counted from 0 on each side, the `seconds` it took with the
loading of libraries, and the `peak` of the process's memory in MB. What is given is described at `Given`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.memory import peak_mb

Chosen: TypeAlias = list[tuple[int, int]]
Given: TypeAlias = Mapping[str, NDArray[np.int32]]
"""Arrays of whole numbers.

`mentors` and `mentees` say who each of them is: the same number on both sides is the same person.
`pairs` has a line for each legal pair: mentor, mentee (places in those two arrays) and score.
`history` has a line for each pair of the last cycle: the two people's numbers.
"""

PAIR = 10_000_000
"""What a pair is worth where only sums count: so much more than a score that another pair comes before any."""

_SOME = 65_536


def greedy(given: Given) -> Chosen:
    """Take the pair with the best score whose people are free, again and again."""
    mentor, mentee, score = given["pairs"].T
    order = np.lexsort((mentor, mentee, -score))
    busy_mentors, busy_mentees = set[int](), set[int]()
    chosen = []
    for one, other in _lines(mentor[order], mentee[order]):
        if one not in busy_mentors and other not in busy_mentees:
            busy_mentors.add(one)
            busy_mentees.add(other)
            chosen.append((one, other))
    return chosen


def random_with_history(given: Given) -> Chosen:
    """Give everybody somebody by chance whom they did not meet in the last cycle, as bots for coffee do."""
    met = {frozenset(pair) for pair in given["history"].tolist()}
    mentors, mentees = list(enumerate(given["mentors"].tolist())), list(enumerate(given["mentees"].tolist()))
    draw = random.Random(1)
    draw.shuffle(mentors)
    draw.shuffle(mentees)
    chosen = []
    for mentee, learner in mentees:
        for index in range(len(mentors) - 1, -1, -1):
            mentor, teacher = mentors[index]
            if teacher != learner and frozenset((teacher, learner)) not in met:
                chosen.append((mentor, mentee))
                del mentors[index]
                break
    return chosen


def assignment(given: Given) -> Chosen:
    """Solve the dense assignment problem with scipy."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped,import-not-found,unused-ignore] # ours has none

    mentor, mentee, score = given["pairs"].T
    worth = np.zeros((len(given["mentors"]), len(given["mentees"])))
    worth[mentor, mentee] = score + PAIR
    rows, columns = linear_sum_assignment(worth, maximize=True)
    legal = worth[rows, columns] > 0
    return list(zip(rows[legal].tolist(), columns[legal].tolist(), strict=True))


def mentor_match(given: Given) -> Chosen:
    """Ask mentor-match: our hard rules are its `Disqualify`, its points are our score and its `UnmatchedBonus`."""
    from matching.mentee import Mentee  # type: ignore[import-not-found] # not in our environment
    from matching.mentor import Mentor  # type: ignore[import-not-found] # not in our environment
    from matching.process import process_data  # type: ignore[import-not-found] # not in our environment
    from matching.rules import rule  # type: ignore[import-not-found] # not in our environment

    scores: dict[tuple[int, int], int] = {
        (mentor, mentee): score for mentor, mentee, score in given["pairs"].tolist()
    }

    class Score(rule.Rule):  # type: ignore[misc] # the base is unknown here
        def apply(self, match: Any) -> int:
            return scores.get((match.mentor.grade, match.mentee.grade), 0)

    legal = rule.Disqualify(lambda match: (match.mentor.grade, match.mentee.grade) not in scores)
    # A grade is the one number that its people carry; here it is their place. It knows people by their addresses.
    mentors = [Mentor(grade=place, email=str(who)) for place, who in enumerate(given["mentors"].tolist())]
    mentees = [Mentee(grade=place, email=str(who)) for place, who in enumerate(given["mentees"].tolist())]
    process_data(mentors, mentees, [[rule.UnmatchedBonus(PAIR), Score(), legal]])
    return [(mentor.grade, mentee.grade) for mentor in mentors for mentee in mentor.mentees]


METHODS: dict[str, Callable[[Given], Chosen]] = {
    "mentor-match": mentor_match,
    "assignment": assignment,
    "greedy": greedy,
    "random": random_with_history,
}


def _lines(mentor: NDArray[np.int32], mentee: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    """Yield pairs as Python's own numbers, some at a time because they take much room."""
    for start in range(0, len(mentor), _SOME):
        some = slice(start, start + _SOME)
        yield from zip(mentor[some].tolist(), mentee[some].tolist(), strict=True)


def main() -> None:
    """Choose by the method named among what is given in the file named, and print the answer."""
    method, file = sys.argv[1:]
    given = dict(np.load(file))
    began = time.process_time()
    chosen = METHODS[method](given)
    seconds = time.process_time() - began
    print(json.dumps({"pairs": chosen, "seconds": seconds, "peak": peak_mb()}))


if __name__ == "__main__":
    main()
