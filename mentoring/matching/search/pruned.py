"""The best set of pairs from a few candidates, proven over all legal pairs: solve, price, look for better ones.

A pair outside the candidates can improve the result only if it is worth more than the prices of its two people
(Ahuja, Magnanti, Orlin, "Network Flows", 1993, section 9.3, on the reduced costs of arcs). So the prices are
compared with every legal pair there is, those that are worth more become candidates, and it is solved again,
until there is none. Loads numpy: import it late.

In the literature: column generation, restricted master problem, pricing, reduced cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints, concatenated, distinct, ranks
from mentoring.matching.candidates import Candidates
from mentoring.matching.flow.mend import mended
from mentoring.matching.flow.network import Stage, reduced_cost, standing_against
from mentoring.matching.flow.objective import Scaled, build
from mentoring.matching.flow.prices import node_prices, proves, settled
from mentoring.matching.flow.solver import least_cost
from mentoring.matching.flow.tiers import solve_tiers
from mentoring.matching.model import MatchingFault, PairIds
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.scale import exact_scale, solver_scales
from mentoring.matching.search.auction import Auction
from mentoring.matching.search.first import first_codes
from mentoring.matching.search.resume import resumed, trail_of
from mentoring.matching.search.shortfall import Shortfall
from mentoring.matching.search.sweep import Sweep
from mentoring.matching.solution import Trail
from mentoring.matching.watch import Step, Watch, unwatched

_SLACKS = (400, 60, 10)
"""By how many points a pair may be short of the prices and become a candidate all the same, round by round.

Prices move by about that much when pairs that beat them come in; without these, the rounds would be many more.
"""

_NARROWEST, _WIDEST = 200, 6_000
"""How much costlier than free, in points, the pairs are at least and at most that a next round may take up."""

_NEXT_TIER = 20_000
"""A pair that beats its prices by more points than this serves another person: everything may change."""

_SLIGHTLY = 3
"""By how many points the prices of an auction may be wrong merely because they are rounded."""

_A_LINE = 64
_EACH = 12
_SEED = 20_260_330


@dataclass(frozen=True, slots=True)
class Pruned:
    """The chosen pairs, what they score, whether they are proven best, and in how many rounds.

    `trail` are all candidates: where a similar problem can start from.
    """

    chosen: frozenset[PairIds]
    score: int
    optimal: bool
    candidates: int
    rounds: int
    trail: Trail


def solve_pruned(board: Board, since: Trail | None = None, watch: Watch = unwatched) -> Pruned:
    """Return the best set of pairs among all legal ones; the first candidates are `since`, if there are any."""
    watch(Step.LIST)
    grid = Grid(board)
    return _Search(grid, since, watch).run()


class _Search:
    """The rounds of solving and looking for better pairs."""

    def __init__(self, grid: Grid, since: Trail | None, watch: Watch) -> None:
        self.watch = watch
        self.at = Step.LIST
        self.grid = grid
        self.sweep = Sweep(grid.layout)
        self.since = since
        self.scale = exact_scale(grid.rosters, len(grid.keep))
        self.arcs = grid.candidates(
            distinct(np.concatenate([first_codes(grid, self.sweep, since), grid.keep]))
        )
        self.units = np.zeros(self._people + len(self.arcs), np.int64)
        self.shortfall = Shortfall(len(grid.mentees))

    @property
    def _people(self) -> int:
        """How many arcs those of people are; the candidates come after them."""
        return 2 * (len(self.grid.mentors) + len(self.grid.mentees))

    def run(self) -> Pruned:
        model, price, rounds = self._begun()
        slacks = iter(_SLACKS[1 if self.since else rounds - 1 :])
        while len(better := self._better(price, next(slacks, _SLACKS[-1]))):
            rounds += 1
            self._add(better)
            model, price = self._solved(self._model(), price)
        used = self.units[model.pairs] > 0
        return Pruned(
            chosen=frozenset(self._ids(used)),
            score=int(self.arcs.score[used].sum()),
            optimal=self.scale.exact and proves(model.network, -model.worth, self.units, price),
            candidates=len(self.arcs),
            rounds=rounds,
            trail=trail_of(self.grid, model, used, price),
        )

    def _step(self, step: Step) -> None:
        """Tell whoever watches, if another step begins."""
        if step is not self.at:
            self.at = step
            self.watch(step)

    def _model(self) -> Scaled:
        return build(*self.grid.rosters, self.arcs).scaled(self.scale)

    def _begun(self) -> tuple[Scaled, Ints, int]:
        """Solve the first candidates, after a first look for better ones unless they are known; count the rounds."""
        grid = self.grid
        if self.since:
            model = self._model()
            self.units, price = resumed(grid, model, self.since)
            return *self._solved(model, price), 1
        if not Auction.suits(*grid.rosters):
            return *self._solved_by_flow(self._model(), None), 1
        auction = Auction(*grid.rosters, next(solver_scales(grid.rosters, len(grid.keep))))
        _, price = self._auctioned(auction, fine=False)
        self._add(self._better(price, _SLACKS[0]))
        return *self._solved(*self._auctioned(auction, fine=True)), 2

    def _auctioned(self, auction: Auction, *, fine: bool) -> tuple[Scaled, Ints]:
        """Take the pairs of an auction over the candidates, and return its prices."""
        self._step(Step.CHOOSE)
        found = auction.hold(self.arcs, fine=fine)
        model = self._model()
        self.units = model.units(found.used)
        price = model.node_prices(self.scale.converted(found.prices, auction.scale))
        return model, self._straightened(model, price) if fine else price

    def _straightened(self, model: Scaled, price: Ints) -> Ints:
        """Return prices of an auction without the slight faults that come from rounding, if that can be."""
        reduced = reduced_cost(model.network, Stage(-model.worth, price))
        slight = np.abs(reduced) <= _SLIGHTLY * self.scale.score
        free = slight | ~standing_against(model.network, reduced, self.units)
        found = settled(model.network, -model.worth, self.units, price, free)
        return price if found is None else found

    def _solved(self, model: Scaled, price: Ints) -> tuple[Scaled, Ints]:
        """Make the flow the best one over the candidates, and return the prices that prove it."""
        self._step(Step.CHOOSE)
        found = mended(model.network, -model.worth, self.units, price)
        if found is None:
            return self._solved_by_flow(model, price)
        self.units, price = found
        return model, model.raised(price, self.units)

    def _solved_by_flow(self, model: Scaled, price: Ints | None) -> tuple[Scaled, Ints]:
        """Find the best flow over the candidates from the last prices or from nothing, and prices that prove it."""
        self._step(Step.CHOOSE)
        for units in self._attempts(model, price):
            self._step(Step.PROVE)
            found = node_prices(model.network, -model.worth, units)
            if found is not None:
                self.units = units
                return model, found
            self._step(Step.CHOOSE)
        raise MatchingFault("The flow found is not the best one.")

    def _attempts(self, model: Scaled, price: Ints | None) -> Iterator[Ints]:
        """Yield flows that ought to be best, the one that takes least time first and the certain one last."""
        if price is not None:
            yield from self._nearby(model, price)
        usable = model.network.room > 0
        for scale in solver_scales(self.grid.rosters, len(self.grid.keep)):
            cost = -model.scaled(scale).worth
            yield least_cost(model.network, cost, np.zeros_like(cost), usable)
        yield solve_tiers(model.network, model.tiers()).units

    def _nearby(self, model: Scaled, price: Ints) -> Iterator[Ints]:
        """Yield the best flow that differs from the last one only where that is cheap by the last prices.

        Reduced costs stand in for costs: they rank flows alike, and the solver takes longer for larger numbers.
        """
        reduced = reduced_cost(model.network, Stage(-model.worth, price))
        most = -int(reduced[model.pairs].min(initial=0)) // self.scale.score
        if most <= _NEXT_TIER:
            limit = min(max(2 * most, _NARROWEST), _WIDEST) * self.scale.score
            free = (model.network.room > 0) & (np.abs(reduced) <= limit)
            free[model.pairs] |= reduced[model.pairs] < 0
            yield least_cost(model.network, reduced, self.units, free)

    def _better(self, price: Ints, slack: int) -> Candidates:
        """Return legal pairs that are no candidates and worth more than their people's prices, if there are any.

        With them come those that are worth less by no more than the slack. At first only the best of each
        mentee are looked at; of those mentees who have more, all are. Whoever is known to have none is left out.
        """
        self._step(Step.PROVE)
        mentors, mentees = self.shortfall.used_up(*self._sides(price))
        found, cut = self._found(price, slack, _A_LINE, mentees)
        if len(cut):
            found = found.and_(self._found(price, 0, len(self.grid.mentors), cut)[0].without(found))
        found = found.and_(self._close(self._codes_of(mentors), price, slack).without(found))
        gain = self._gain(found, price)
        best = _best_of_each(found.mentor, found.mentee, gain)
        self.shortfall.compared(mentees, slack * self.scale.score, cut, found.mentee[~best])
        return found.only(best) if np.any(gain > 0) else found.only(gain > 0)

    def _found(self, price: Ints, slack: int, most: int, mentees: Ints) -> tuple[Candidates, Ints]:
        """Return pairs of some mentees that are close to the prices, and the places of those who have more."""
        scale, (own, other) = self.scale, self._sides(price)
        # All pairs seen by the leads are candidates, so the others are worth a pair and their score alone.
        asked = (own - scale.pair) // scale.score - slack, other // scale.score
        mentor, mentee, cut = self.sweep.beating(*asked, most, mentees)
        return self._close(np.sort(self.grid.codes(mentor, mentee)), price, slack), cut

    def _close(self, codes: Ints, price: Ints, slack: int) -> Candidates:
        """Return those pairs, given by codes in order, that are short of the prices by less than a slack."""
        found = self.grid.candidates(codes[~self.arcs.has(codes)])
        return found.only(self._gain(found, price) > -slack * self.scale.score)

    def _codes_of(self, mentors: Ints) -> Ints:
        """Return the codes of all legal pairs of some mentors, in order."""
        return np.sort(concatenated([self.grid.codes_with("mentor", place) for place in mentors.tolist()]))

    def _add(self, better: Candidates) -> None:
        """Make pairs candidates that were none; they carry no flow yet."""
        before = self.arcs
        self.arcs = before.and_(better)
        units = np.zeros(self._people + len(self.arcs), np.int64)
        units[: self._people] = self.units[: self._people]
        units[self._people + self.arcs.places(before.codes)] = self.units[self._people :]
        self.units = units

    def _gain(self, candidates: Candidates, price: Ints) -> Ints:
        """Return what each pair is worth more than the prices of its two people."""
        own, other = self._sides(price)
        worth = self.scale.pair + self.scale.score * candidates.score + candidates.kept
        gain: Ints = worth - own[candidates.mentor] - other[candidates.mentee]
        return gain

    def _sides(self, price: Ints) -> tuple[Ints, Ints]:
        """Split the prices of nodes into those of mentors and of mentees, so that both are paid."""
        mentees = 1 + len(self.grid.mentees)
        return -price[mentees:], price[1:mentees]

    def _ids(self, which: Bools) -> Iterator[PairIds]:
        mentors, mentees = self.grid.mentors.ids, self.grid.mentees.ids
        places = zip(self.arcs.mentor[which].tolist(), self.arcs.mentee[which].tolist(), strict=True)
        return ((mentors[mentor], mentees[mentee]) for mentor, mentee in places)


def _best_of_each(mentor: Ints, mentee: Ints, gain: Ints) -> Bools:
    """Return which pairs are among the best few of either person, or among a random few that gain.

    Many more would only slow the solver down. The best alone would not do: whoever is hard to place finds the same
    few partners best as everybody else who is.
    """
    best = np.zeros(len(gain), np.bool_)
    gaining = np.flatnonzero(gain > 0)
    chance = np.random.default_rng(_SEED).random(len(gaining))
    for person in (mentor, mentee):
        order = np.lexsort((-gain, person))
        best[order[ranks(person[order]) < _EACH]] = True
        order = gaining[np.lexsort((chance, person[gaining]))]
        best[order[ranks(person[order]) < _EACH]] = True
    return best
