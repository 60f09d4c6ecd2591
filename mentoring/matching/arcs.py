"""The objective as a flow over some candidates of a grid, all tiers in one number an arc.

Loads numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow import Network, Tier
from mentoring.matching.grid import Grid, Lineup
from mentoring.matching.scale import Scale
from mentoring.matching.score import BEST


@dataclass(frozen=True, slots=True)
class Arcs:
    """Legal candidates in the order of their codes, by the places of mentor and mentee."""

    codes: Ints
    mentor: Ints
    mentee: Ints
    score: Ints
    kept: Bools

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, which: Bools) -> Arcs:
        """Return some of the candidates."""
        return Arcs(*(getattr(self, name)[which] for name in self.__slots__))

    def without(self, others: Arcs) -> Arcs:
        """Return the candidates that are not among others."""
        return self.only(~others.has(self.codes))

    def and_(self, others: Arcs) -> Arcs:
        """Return these and others that are not among them."""
        order = np.argsort(np.concatenate([self.codes, others.codes]), kind="stable")
        both = ((getattr(self, name), getattr(others, name)) for name in self.__slots__)
        return Arcs(*(np.concatenate(columns)[order] for columns in both))

    def places(self, codes: Ints) -> Ints:
        """Return where pairs with these codes stand, or would."""
        return np.searchsorted(self.codes, codes)

    def has(self, codes: Ints) -> Bools:
        """Return which pairs, by their codes, are among the candidates."""
        known = np.append(self.codes, -1)
        found: Bools = known[self.places(codes)] == codes
        return found


@dataclass(frozen=True, slots=True)
class Model:
    """A network and what a unit on each arc is worth; four arcs for two people, then one for each candidate.

    Flow goes from the hub to a mentee, along a pair to a mentor, and back.
    """

    grid: Grid
    arcs: Arcs
    network: Network
    worth: Ints

    @property
    def pairs(self) -> slice:
        """Where the candidates are among the arcs."""
        return slice(len(self.worth) - len(self.arcs.codes), len(self.worth))

    @property
    def people(self) -> Bools:
        """Which arcs are those of people."""
        people = np.ones(len(self.worth), np.bool_)
        people[self.pairs] = False
        return people

    def tiers(self) -> tuple[Tier, ...]:
        """Return the objective tier by tier, for when one number is not enough."""
        served, waiting, each, score, kept = np.zeros((5, len(self.worth)), np.int64)
        mentors, mentees = len(self.grid.mentors), len(self.grid.mentees)
        for start, lineup in ((0, self.grid.mentors), (2 * mentors, self.grid.mentees)):
            people = slice(start, start + len(lineup))
            served[people], waiting[people] = 1, lineup.waiting
        each[self.pairs], score[self.pairs], kept[self.pairs] = 1, self.arcs.score, self.arcs.kept
        most = len(self.arcs.codes)
        people_most = [int(np.sum(tier * self.network.room)) for tier in (served, waiting)]
        rooms = int(
            min(self.network.room[: 2 * mentors].sum(), self.network.room[2 * mentors :][: 2 * mentees].sum())
        )
        most = min(most, rooms)
        return (
            Tier(served, people_most[0]),
            Tier(waiting, people_most[1]),
            Tier(each, most),
            Tier(score, most * BEST),
            Tier(kept, min(most, int(kept.sum()))),
        )

    def units(self, used: Bools) -> Ints:
        """Return the flow that sends a unit along some of the candidates."""
        sides = (
            (self.arcs.mentor, self.grid.mentors, 0),
            (self.arcs.mentee, self.grid.mentees, 2 * len(self.grid.mentors)),
        )
        units = []
        for places, lineup, start in sides:
            partners = np.bincount(places[used], minlength=len(lineup))
            first = np.minimum(partners, self.network.room[start : start + len(lineup)])
            units += [first, partners - first]
        return np.concatenate([*units, used])

    def prices(self, mentor: Ints) -> Ints:
        """Return prices of all nodes from what a pair pays for each mentor: a mentee gets what the best one leaves."""
        _, mentee = self.least()
        np.maximum.at(mentee, self.arcs.mentee, self.worth[self.pairs] - mentor[self.arcs.mentor])
        return np.concatenate([[0], -mentor, mentee])

    def raised(self, price: Ints, units: Ints) -> Ints:
        """Return the prices with those of people without a partner raised to the most that leaves them without.

        It proves the same, and fewer pairs outside the network look better than they are.
        """
        mentors, mentees = self.least()
        alone = np.ones(len(price), np.bool_)
        alone[self.network.tail[units > 0]] = alone[0] = False  # whoever has a partner sends flow on
        return np.where(alone, np.concatenate([[0], -mentors, mentees]), price)

    def least(self) -> tuple[Ints, Ints]:
        """Return what a pair pays at the least for mentors and for mentees with no partner: they are paid for."""
        earned = np.where(self.network.room > 0, self.worth, 0)
        start = 2 * len(self.grid.mentors)
        return -earned[: len(self.grid.mentors)], -earned[start : start + len(self.grid.mentees)]


def arcs_of(grid: Grid, codes: Ints, keep: Ints) -> Arcs:
    """Return the legal ones among the pairs with these codes; `keep` are the codes of pairs the leads have seen."""
    mentee, mentor = np.divmod(codes, max(1, len(grid.mentors)))
    score = grid.scores(mentor, mentee)
    legal = score >= 0
    return Arcs(codes[legal], mentor[legal], mentee[legal], score[legal], np.isin(codes[legal], keep))


def build(grid: Grid, arcs: Arcs, scale: Scale) -> Model:
    """Return the flow problem whose best flow is the best set among the candidates."""
    mentors, mentees = len(grid.mentors), len(grid.mentees)
    mentor, mentee = 1 + np.arange(mentors), 1 + mentors + np.arange(mentees)
    no_mentors, no_mentees = np.zeros(mentors, np.int64), np.zeros(mentees, np.int64)
    network = Network(
        nodes=1 + mentors + mentees,
        tail=np.concatenate([mentor, mentor, no_mentees, no_mentees, mentee[arcs.mentee]]),
        head=np.concatenate([no_mentors, no_mentors, mentee, mentee, mentor[arcs.mentor]]),
        room=np.concatenate([*_rooms(grid.mentors), *_rooms(grid.mentees), np.ones_like(arcs.codes)]),
    )
    served = [scale.served + scale.waiting * lineup.waiting for lineup in (grid.mentors, grid.mentees)]
    pairs = scale.pair + scale.score * arcs.score + arcs.kept
    return Model(grid, arcs, network, np.concatenate([served[0], no_mentors, served[1], no_mentees, pairs]))


def _rooms(lineup: Lineup) -> tuple[Ints, Ints]:
    """Return the room for each person's first partner (none for those who have one) and for further ones."""
    first = np.where(lineup.table.served[lineup.rows], 0, 1)
    return first, lineup.table.room[lineup.rows] - first
