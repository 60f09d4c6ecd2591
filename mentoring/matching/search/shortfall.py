"""What is known about the pairs that are no candidates from when they were last compared with prices.

A pair that was worth less than its people's prices by some points stays so until these prices fall by as much. So
most people need no comparison after each small change. Loads numpy: import it late.

In the literature: bounds on reduced costs, partial pricing.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Ints

_FALLEN = 60
"""Of how many mentors at the most all pairs are compared, because their prices fell by more than others'."""


class Shortfall:
    """By how much at least the pairs of each mentee that are no candidates are worth less than their prices.

    Prices that fall take from it, and those that rise add to it. Where it is used up, only another comparison can tell.
    """

    def __init__(self, mentees: int) -> None:
        self._least = np.zeros(mentees, np.int64)
        self._known = np.zeros(mentees, np.bool_)
        self._prices: tuple[Ints, Ints] | None = None

    def used_up(self, mentor: Ints, mentee: Ints) -> tuple[Ints, Ints]:
        """Return the places of mentors and of mentees whose pairs have to be compared again at these prices.

        The mentors are few: those whose prices fell so much that it would concern every mentee.
        """
        nobody = np.zeros(0, np.int64)
        before, self._prices = self._prices, (mentor, mentee)
        if before is not None:
            fall = before[0] - mentor
            far = np.argsort(-fall, kind="stable")
            far, near = far[:_FALLEN], far[_FALLEN:]
            least = self._least + mentee - before[1] - np.max(fall[near], initial=0)
            again = np.flatnonzero(~self._known | (least < 0))
            if len(again) < len(least) / 2:
                self._least = least
                return far[fall[far] > 0], again
        return nobody, np.arange(len(self._least))

    def compared(self, mentees: Ints, shortfall: int, cut: Ints, left_out: Ints) -> None:
        """Take down what is known of all mentees, of some with too many pairs, and of some with pairs left out."""
        self._least[mentees] = shortfall
        self._least = np.minimum(self._least, shortfall)
        self._least[cut] = 0
        self._known[mentees] = True
        self._known[left_out] = False
