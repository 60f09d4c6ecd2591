"""Prices that are nearly those of the best set of pairs, by an auction in which both sides bid.

Whoever has no partner bids for the one who is worth most at the current prices: just enough to be no worse off
than with the second best, and a step. Prices of the others rise by that, one's own falls to what is left, and
whoever had that partner before is without one. Mentors and mentees take turns until nobody without a partner
could still gain (Bertsekas, "Network Optimization", 1998, chapter 7, on forward and reverse auctions).
The result is short of the best by a step a person at the most, unless it is given up where partners are scarce:
it shows where to look, and proves nothing. Loads numpy: import it late.

In the literature: forward and reverse auction, epsilon scaling, epsilon complementary slackness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints, Reals, ranks
from mentoring.matching.candidates import Candidates, Roster
from mentoring.matching.scale import Scale

_WIDTH = 48
"""How many candidates somebody can bid for: the best at the prices of the moment."""

_FIRST = 100.0
_ROUGH = ((_FIRST,), (10.0,))
_FINE = ((_FIRST, 10.0), (1.0, 0.1))
"""Steps of bids in points, coarse to fine; a last one so small that nearly all ends up as in the best set."""

_PATIENCE, _LONGER = 100, 10
"""After how many turns in a row the first step is doubled, so that nobody bids for ever, and then again."""

_TURNS = 300
"""After how many turns of one side the other side's turn comes."""

_BIDS, _A_TURN = 20, 100
"""How often people bid on average before a step is given up, and how many bids a turn takes as long as."""

_NEVER = -1e15


@dataclass(slots=True)
class _Side:
    """What one side can bid for, a row a person, and where it stands; the last place of both sides is nobody."""

    options: NDArray[np.int32]
    worth: Reals
    dual: Reals
    partner: Ints


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which candidates are pairs after an auction, and what a pair has to pay for each mentor, by place."""

    used: Bools
    prices: Ints


class Auction:
    """An auction over some candidates, which can go on with more of them.

    A dual is what a person is sold for, over what being served earns. It begins with what they earn by having
    waited, which is near the truth: bids change prices by little more than a step.
    """

    def __init__(self, mentors: Roster, mentees: Roster, scale: Scale) -> None:
        self.scale = scale
        self._earned = _earned(mentors, scale), _earned(mentees, scale)
        self._begun = tuple(
            np.append(np.maximum(0, earned - scale.served), 0).astype(np.float64) for earned in self._earned
        )
        self._duals = self._begun

    @staticmethod
    def suits(mentors: Roster, mentees: Roster) -> bool:
        """Return whether everybody has room for one partner: then an auction takes much less time than a flow."""
        return all(side.room.max(initial=1) == 1 for side in (mentors, mentees))

    def hold(self, candidates: Candidates, *, fine: bool = False) -> Outcome:
        """Return pairs and prices for these candidates, starting from the prices of the last time."""
        earned = self._earned[0][candidates.mentor] + self._earned[1][candidates.mentee]
        worth = (self.scale.pair + self.scale.score * candidates.score + candidates.kept + earned).astype(
            np.float64
        )
        order = np.argsort(candidates.mentor, kind="stable")
        by_mentor = candidates.mentor[order], candidates.mentee[order], worth[order]
        for steps in _FINE if fine else _ROUGH:
            mentors = _side(*by_mentor, *self._duals)
            mentees = _side(candidates.mentee, candidates.mentor, worth, *self._duals[::-1])
            fewer, others = (
                (mentors, mentees) if len(mentors.dual) < len(mentees.dual) else (mentees, mentors)
            )
            for step in steps:
                _meet(fewer, others, step * self.scale.score, grows=step == _FIRST)
            self._duals = mentors.dual, mentees.dual
        prices = np.rint(mentors.dual[:-1]).astype(np.int64) - self._earned[0]
        # Whoever is left alone may find new candidates next time, and would be far too cheap for them.
        alone = mentors.partner < 0, mentees.partner < 0
        self._duals = tuple(map(np.where, alone, self._begun, self._duals))
        return Outcome(mentors.partner[candidates.mentor] == candidates.mentee, prices)


def _earned(people: Roster, scale: Scale) -> Ints:
    """Return what it earns to serve each person: nothing for those who are served already."""
    return np.where(people.served, 0, scale.served + scale.waiting * people.waiting)


def _side(own: Ints, other: Ints, worth: Reals, dual: Reals, others: Reals) -> _Side:
    """Return what the people of one side can bid for: the best of each at the prices of the others."""
    chosen = _best(own, worth - others[other], len(dual))
    own, other, worth = own[chosen], other[chosen], worth[chosen]
    column = ranks(own)
    width = int(column.max(initial=0)) + 1
    side = _Side(
        options=np.full((len(dual), width), len(others) - 1, np.int32),
        worth=np.full((len(dual), width), _NEVER),
        dual=dual.copy(),
        partner=np.full(len(dual), -1),
    )
    side.options[own, column], side.worth[own, column] = other, worth
    return side


def _best(own: Ints, gain: Reals, people: int) -> Ints:
    """Return where the best for each of the people are; `own` are their places in order."""
    many = np.bincount(own, minlength=people)[own] > _WIDTH
    order = np.flatnonzero(many)
    order = order[np.lexsort((-gain[order], own[order]))]
    kept = ~many
    kept[order[ranks(own[order]) < _WIDTH]] = True
    return np.flatnonzero(kept)


def _meet(first: _Side, second: _Side, step: float, *, grows: bool) -> None:
    """Let both sides bid in turns until nobody without a partner has anything to gain, or all have bid enough."""
    first.partner[:] = second.partner[:] = -1
    bidders, bids = np.arange(len(first.dual) - 1), 0
    while bids < _BIDS * (len(first.dual) + len(second.dual)):
        bids += _bid(first, second, bidders, step, grows=grows)
        first, second = second, first
        bidders = _without(first)
        if not len(bidders) and not len(_without(second)):
            return


def _without(side: _Side) -> Ints:
    """Return the places of those without a partner who have something to gain."""
    return np.flatnonzero((side.partner[:-1] < 0) & (side.dual[:-1] > 0))


def _bid(own: _Side, other: _Side, bidders: Ints, step: float, *, grows: bool) -> int:
    """Let some people of one side bid, and those whose partners they take, all at once each time; count the bids."""
    bids = 0
    for turn in range(1, _TURNS + 1):
        bids += len(bidders) + _A_TURN
        if not len(bidders):
            break
        if grows and turn > _PATIENCE and turn % _LONGER == 0:
            step *= 2
        bidders = _bids(own, other, bidders, step)
    return bids


def _bids(own: _Side, other: _Side, bidders: Ints, step: float) -> Ints:
    """Let each of the bidders bid once, and return those who have no partner then."""
    options = own.options[bidders]
    gain = own.worth[bidders] - other.dual[options]
    line, best = np.arange(len(bidders)), gain.argmax(axis=1)
    most, wanted = gain[line, best], options[line, best]
    gain[line, best] = _NEVER
    second = np.maximum(gain.max(axis=1), 0.0)
    able = most > 0
    own.dual[bidders[~able]] = 0.0
    bidders, wanted = bidders[able], wanted[able]
    bid = other.dual[wanted] + (most - second)[able] + step
    left = np.maximum(second[able] - step, 0.0)
    winners = _highest(wanted, bid)
    buyers, taken = bidders[winners], wanted[winners]
    rid = other.partner[taken]
    rid = rid[rid >= 0]
    own.partner[rid] = -1
    own.partner[buyers], other.partner[taken] = taken, buyers
    own.dual[buyers], other.dual[taken] = left[winners], bid[winners]
    lost = np.ones(len(bidders), np.bool_)
    lost[winners] = False
    return np.concatenate([bidders[lost], rid])


def _highest(wanted: Ints, bid: Reals) -> Ints:
    """Return where the highest bid for each person is."""
    # Most turns have few bidders, for whom `ranks` would take longer than the rest of the turn.
    order = np.lexsort((-bid, wanted))
    wanted = wanted[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = wanted[1:] != wanted[:-1]
    return order[first]
