"""The people of a large problem in arrays alone, and what pairs of them score.

Loads numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import Rules, Side, Weights
from mentoring.matching.pairs.score import most_points
from mentoring.matching.pairs.teaching import FULL_STRENGTH
from mentoring.matching.pairs.traits import Traits, fits, points

NEVER = -22_000
"""Stands for a class pair that no rule allows: less than any score by more than a score can be."""

_TABLE_CELLS = 1 << 24
_DENSE_CELLS = 1 << 26


@dataclass(frozen=True, slots=True)
class Wishes:
    """What mentees want, a row a mentee, filled up with skill `nothing` of count 0; `total` is out of how much."""

    skill: Ints
    count: Ints
    total: Ints


class Strengths:
    """How well mentors, by place, can teach skills: 0 if not at all. Skill number `skills` is none."""

    def __init__(self, offers: tuple[Ints, Ints, Ints], mentors: int, skills: int) -> None:
        self._step = skills + 1
        place, skill, strength = offers
        codes = place * self._step + skill
        order = np.argsort(codes)
        size = mentors * self._step
        self._known = np.append(codes[order], size)
        self._strength = np.append(strength[order], 0).astype(np.int8)
        self._dense: NDArray[np.int8] | None = None
        if size <= _DENSE_CELLS:
            self._dense = np.zeros(size, np.int8)
            self._dense[codes] = strength

    def of(self, mentor: Ints, skill: Ints) -> Ints:
        """Return the strength of each of some mentors in one skill each."""
        codes = mentor * self._step + skill
        if self._dense is not None:
            found: Ints = self._dense[codes].astype(np.int64)
            return found
        at = np.searchsorted(self._known, codes)
        return np.where(self._known[at] == codes, self._strength[at], 0)


@dataclass(frozen=True, slots=True)
class Classes:
    """One side in classes of people who are alike in all but skills: the class of each place, the traits of each."""

    of: Ints
    kinds: Traits


@dataclass(frozen=True)
class Layout:
    """Mentors and mentees by place.

    `offers` are place, skill and strength of all that mentors offer, in the order of places, the strongest first;
    skills are numbered from 0 to less than `skills`. Less strength than `enough` does not make a pair.
    """

    rules: Rules
    weights: Weights
    mentors: Classes
    mentees: Classes
    offers: tuple[Ints, Ints, Ints]
    wishes: Wishes
    skills: int
    enough: int

    @property
    def most(self) -> int:
        """The most points that skills can score."""
        return most_points(self.weights)["skill_fit"]

    def sides(self, side: Side) -> tuple[Classes, Classes]:
        """Return this side, then the other."""
        return (self.mentors, self.mentees) if side == "mentor" else (self.mentees, self.mentors)

    def points(self, side: Side, own_class: int) -> NDArray[np.int16]:
        """Return what a class of one side scores with each of the other but for skills, `NEVER` if not allowed."""
        own, others = (classes.kinds for classes in self.sides(side))
        every = np.arange(len(others.level))
        allowed = fits(self.rules, own, own_class, others, every)
        scores = points(self.weights, own, own_class, others, every)
        return np.where(allowed, scores, NEVER).astype(np.int16)

    def scores(self, mentor: Ints, mentee: Ints) -> Ints:
        """Return the scores of pairs, by their places; below 0 if they break a rule that is not about these two."""
        covered, taught = self._covered(mentor, mentee)
        total = FULL_STRENGTH * np.maximum(1, self.wishes.total[mentee])
        scores: Ints = self.most * covered // total + self._but_for_skills(mentor, mentee)
        scores[~taught] = NEVER
        return scores

    @cached_property
    def _strengths(self) -> Strengths:
        return Strengths(self.offers, len(self.mentors.of), self.skills)

    @cached_property
    def _table(self) -> NDArray[np.int16] | None:
        """What each class of mentees scores with each class of mentors, if that is not too much to keep."""
        mentors, mentees = (len(side.kinds.level) for side in (self.mentors, self.mentees))
        if mentors * mentees > _TABLE_CELLS:
            return None
        table = np.empty((mentees, mentors), np.int16)
        for mentee_class in range(mentees):
            table[mentee_class] = self.points("mentee", mentee_class)
        return table

    def _but_for_skills(self, mentor: Ints, mentee: Ints) -> Ints:
        one, other = self.mentors.of[mentor], self.mentees.of[mentee]
        if self._table is not None:
            known: Ints = self._table[other, one].astype(np.int64)
            return known
        found = np.zeros(len(mentor), np.int64)
        order = np.argsort(other, kind="stable")
        starts = np.flatnonzero(np.diff(other[order], prepend=-1))
        for run in np.split(order, starts[1:]) if len(order) else ():
            found[run] = self.points("mentee", int(other[run[0]]))[one[run]]
        return found

    def _covered(self, mentor: Ints, mentee: Ints) -> tuple[Ints, Bools]:
        """Return how much of the mentees' wishes the mentors cover, strength times count, and if one well enough."""
        covered, taught = np.zeros(len(mentor), np.int64), np.zeros(len(mentor), np.bool_)
        for skill, count in zip(self.wishes.skill.T, self.wishes.count.T, strict=True):
            strength = self._strengths.of(mentor, skill[mentee])
            covered += strength * count[mentee]
            taught |= strength >= self.enough
        return covered, taught
