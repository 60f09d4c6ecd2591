"""The choice among some candidates as a flow: which arcs there are, and what a unit on each is worth.

Node 0 is a hub. Flow leaves it for a mentee, goes on along a candidate to a mentor, and returns. Each person has
two arcs to or from the hub: one for the first partner, which earns what being served is worth, and one for the
others (Ahuja, Magnanti, Orlin, "Network Flows", 1993, sections 1.3 and 9.3). Loads numpy: import it late.

In the literature: minimum-cost flow, b-matching, transportation problem, piecewise linear arc cost, best response.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.candidates import Candidates, Roster
from mentoring.matching.flow.network import Network, Tier
from mentoring.matching.model import BEST
from mentoring.matching.scale import Scale


@dataclass(frozen=True, slots=True)
class Model:
    """A network: two arcs for each mentee, two for each mentor, then one for each candidate.

    Of people's arcs, those for first partners come before those for others, side by side.
    """

    mentors: Roster
    mentees: Roster
    candidates: Candidates
    network: Network

    @property
    def pairs(self) -> slice:
        """Where the candidates are among the arcs."""
        arcs = len(self.network.tail)
        return slice(arcs - len(self.candidates), arcs)

    @property
    def sides(self) -> tuple[tuple[slice, Roster], tuple[slice, Roster]]:
        """Where the arcs for first partners are, and whose; those for others come right after."""
        mentees, start = len(self.mentees), 2 * len(self.mentees)
        return (slice(mentees), self.mentees), (slice(start, start + len(self.mentors)), self.mentors)

    def tiers(self) -> tuple[Tier, ...]:
        """Return the objective tier by tier."""
        served, waiting, each, score, kept = np.zeros((5, len(self.network.tail)), np.int64)
        for first, roster in self.sides:
            served[first], waiting[first] = 1, roster.waiting
        some = self.candidates
        each[self.pairs], score[self.pairs], kept[self.pairs] = 1, some.score, some.kept
        most = int(min(len(some), self.mentors.room.sum(), self.mentees.room.sum()))
        return (
            Tier(served, int(np.sum(served * self.network.room))),
            Tier(waiting, int(np.sum(waiting * self.network.room))),
            Tier(each, most),
            Tier(score, most * BEST),
            Tier(kept, min(most, int(kept.sum()))),
        )

    def units(self, used: Bools) -> Ints:
        """Return the flow that sends a unit along some of the candidates."""
        units = []
        for places, (first, roster) in zip(
            (self.candidates.mentee, self.candidates.mentor), self.sides, strict=True
        ):
            partners = np.bincount(places[used], minlength=len(roster))
            one = np.minimum(partners, self.network.room[first])
            units += [one, partners - one]
        return np.concatenate([*units, used])

    def scaled(self, scale: Scale) -> Scaled:
        """Return the same flow problem with all tiers in one number an arc."""
        served, waiting, each, score, kept = (tier.worth for tier in self.tiers())
        worth = (
            scale.served * served + scale.waiting * waiting + scale.pair * each + scale.score * score + kept
        )
        return Scaled(self.mentors, self.mentees, self.candidates, self.network, scale, worth)


@dataclass(frozen=True, slots=True)
class Scaled(Model):
    """A network, and what a unit on each arc is worth in one number.

    People's prices are what a pair has to pay for them. At a node, a mentee's price counts as it is and a mentor's
    with the other sign, so that the reduced cost of a pair is both less what it is worth.
    """

    scale: Scale
    worth: Ints

    def answered(self, price: Ints, units: Ints) -> Ints:
        """Return the prices with new ones for mentees who gain by a candidate that carries no flow.

        At these they want as many mentors as they have room for: the price lies between what the last mentor whom they
        want leaves them and what the next one would. With room to spare it is nothing.
        """
        mentor, mentee = self.of_sides(price)
        pairs = self.candidates
        gain = self.worth[self.pairs] - mentor[pairs.mentor]
        which = np.zeros(len(mentee), np.bool_)
        which[pairs.mentee[(gain > mentee[pairs.mentee]) & (units[self.pairs] == 0)]] = True
        asking = which[pairs.mentee]
        answers = self._answers(pairs.mentee[asking], gain[asking])
        return np.concatenate([[0], np.where(which, answers, mentee), -mentor])

    def _answers(self, mentee: Ints, gain: Ints) -> Ints:
        """Return the prices of mentees from what some candidates leave them, each with the place of its mentee."""
        people, alone = len(self.mentees), self._alone()[0]
        ordered = gain[np.lexsort((-gain, mentee))]
        counts = np.bincount(mentee, minlength=people)
        starts = np.cumsum(counts) - counts

        def nth(rank: Ints) -> Ints:
            there, found = rank < counts, alone.copy()
            found[there] = np.maximum(ordered[(starts + rank)[there]], alone[there])
            return found

        room, first = self.mentees.room, np.zeros(people, np.int64)
        full = _between(nth(room - 1), np.maximum(nth(room), 0))
        spare = np.where(nth(first) > 0, 0, _between(nth(first), nth(first + 1)))
        return np.where(nth(room - 1) > 0, full, spare)

    def raised(self, price: Ints, units: Ints) -> Ints:
        """Return the prices with those of people without a partner raised to the most that leaves them without.

        It proves the same, and fewer pairs outside the network look better than they are.
        """
        alone = np.ones(len(price), np.bool_)
        alone[self.network.tail[units > 0]] = alone[0] = False  # whoever has a partner sends flow on
        return np.where(alone, self.nobody(), price)

    def of_sides(self, price: Ints) -> tuple[Ints, Ints]:
        """Split the prices of nodes into those of mentors and of mentees."""
        mentees = 1 + len(self.mentees)
        return -price[mentees:], price[1:mentees]

    def nobody(self) -> Ints:
        """Return the prices of all nodes at which nobody has a partner."""
        mentees, mentors = self._alone()
        return np.concatenate([[0], mentees, -mentors])

    def _alone(self) -> tuple[Ints, Ints]:
        """Return what a pair pays at the least for mentees and for mentors with no partner: they are paid for."""
        earned = np.where(self.network.room > 0, self.worth, 0)
        (mentees, _), (mentors, _) = self.sides
        return -earned[mentees], -earned[mentors]


def _between(most: Ints, least: Ints) -> Ints:
    """Return numbers halfway between others; sums of these may not fit 63 bits."""
    return most // 2 + least // 2


def build(mentors: Roster, mentees: Roster, candidates: Candidates) -> Model:
    """Return the flow problem whose best flow is the best set among the candidates."""
    mentee, mentor = 1 + np.arange(len(mentees)), 1 + len(mentees) + np.arange(len(mentors))
    hub_to, hub_from = np.zeros(2 * len(mentees), np.int64), np.zeros(2 * len(mentors), np.int64)
    network = Network(
        nodes=1 + len(mentees) + len(mentors),
        tail=np.concatenate([hub_to, mentor, mentor, mentee[candidates.mentee]]),
        head=np.concatenate([mentee, mentee, hub_from, mentor[candidates.mentor]]),
        room=np.concatenate([*mentees.rooms(), *mentors.rooms(), np.ones_like(candidates.codes)]),
    )
    return Model(mentors, mentees, candidates, network)
