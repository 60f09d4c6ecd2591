"""The people of a large problem in arrays alone, so that they can be compared anywhere, in another process too.

Loads numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Ints
from mentoring.matching.model import Rules, Weights
from mentoring.matching.score import most_points
from mentoring.matching.traits import Traits, fits, points

NEVER = -22_000
"""Stands for a class pair that no rule allows: less than any score by more than a score can be."""

_KEPT_CELLS = 1 << 24


@dataclass(frozen=True, slots=True)
class Wishes:
    """What mentees want, a row a mentee, filled up with skill `nothing` of count 0; `total` is out of how much."""

    skill: Ints
    count: Ints
    total: Ints


@dataclass(frozen=True, slots=True)
class Layout:
    """Mentors and mentees by place, each side in classes of people who are alike in all but skills.

    `mentors` and `mentees` are the class of each place, `kinds` the traits of a class, mentors' first. `offers`
    are place, skill and strength of all that mentors offer; skills are numbered from 0 to less than `skills`.
    """

    rules: Rules
    weights: Weights
    mentors: Ints
    mentees: Ints
    kinds: tuple[Traits, Traits]
    offers: tuple[Ints, Ints, Ints]
    wishes: Wishes
    skills: int
    _points: dict[int, NDArray[np.int16]] = field(default_factory=dict, repr=False)

    @property
    def most(self) -> int:
        """The most points that skills can score."""
        return most_points(self.weights)["skill_fit"]

    def points(self, mentee_class: int) -> NDArray[np.int16]:
        """Return what a class scores with each class of mentors but for skills, `NEVER` if it is not allowed."""
        if mentee_class not in self._points:
            mentors, mentees = self.kinds
            every = np.arange(len(mentors.level))
            allowed = fits(self.rules, mentees, mentee_class, mentors, every)
            scores = points(self.weights, mentees, mentee_class, mentors, every)
            found = np.where(allowed, scores, NEVER).astype(np.int16)
            if len(mentors.level) * len(mentees.level) > _KEPT_CELLS:
                return found
            self._points[mentee_class] = found
        return self._points[mentee_class]
