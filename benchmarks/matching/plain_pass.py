"""One plain pass over all pairs of a mentee and a mentor: the measure for times of any machine, called REF."""

from __future__ import annotations

import statistics
import time

from mentoring.matching import Problem

_BLOCK = 16_384
_PASSES = 3
_MOST = 1.9


def reference(problem: Problem) -> float:
    """Return the seconds of a plain pass over all pairs of a problem, the median of three."""
    mentors = sum(person.mentor for person in problem.people)
    mentees = sum(person.mentee for person in problem.people)
    return statistics.median(_one_pass(mentors, mentees) for _ in range(_PASSES))


def _one_pass(mentors: int, mentees: int) -> float:
    """Return how long an addition and a comparison take for all pairs, in blocks that fit the cache."""
    import numpy as np

    draw = np.random.default_rng(1)
    one, other = draw.random(mentors, np.float32), draw.random(mentees, np.float32).tolist()
    sums, found = np.empty(_BLOCK, np.float32), np.empty(_BLOCK, np.bool_)
    began = time.process_time()
    for start in range(0, mentors, _BLOCK):
        block = one[start : start + _BLOCK]
        size = len(block)
        for value in other:
            np.greater(np.add(block, np.float32(value), out=sums[:size]), _MOST, out=found[:size])
    return time.process_time() - began
