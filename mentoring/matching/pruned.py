"""The best set of pairs from a few candidates, proven over all legal pairs: solve, price, look for better ones.

A pair outside the candidates can improve the result only if it is worth more than the prices of its two people
(Ahuja, Magnanti, Orlin, "Network Flows", 1993, section 9.3, on the reduced costs of arcs). So the prices are
compared with every legal pair there is, those that are worth more become candidates, and it is solved again,
until there is none. Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentoring.matching import sweep
from mentoring.matching.arcs import Arcs, Model, arcs_of, build
from mentoring.matching.candidates import Board, Bools, Ints
from mentoring.matching.first import first_codes
from mentoring.matching.flow import Stage, least_cost, reduced_cost, solve_tiers
from mentoring.matching.grid import Grid, distinct, ranks
from mentoring.matching.model import MatchingFault, PairIds, Trail
from mentoring.matching.prices import node_prices, proves
from mentoring.matching.scale import exact_scale, solver_scales
from mentoring.matching.watch import Step, Watch, unwatched

_SLACKS = (200, 50, 10)
"""By how many points a pair may be short of the prices and become a candidate all the same, round by round.

Prices move by about that much when pairs that beat them come in; without these, the rounds would be many more.
"""

_NARROWEST, _WIDEST = 200, 6_000
"""How much costlier than free, in points, the pairs are at least and at most that a next round may take up."""

_NEXT_TIER = 20_000
"""A pair that beats its prices by more points than this serves another person: everything may change."""

_A_LINE = 64
_EACH = 12


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
    return _Search(Grid(board), since, watch).run()


class _Search:
    """The rounds of solving and looking for better pairs."""

    def __init__(self, grid: Grid, since: Trail | None, watch: Watch) -> None:
        self.watch = watch
        self.grid = grid
        self.keep = grid.codes_of(grid.board.context.problem.keep)
        self.scale = exact_scale(grid, len(self.keep))
        self.arcs = arcs_of(grid, distinct(np.concatenate([first_codes(grid, since), self.keep])), self.keep)
        self.units = np.zeros(self._people + len(self.arcs), np.int64)

    @property
    def _people(self) -> int:
        """How many arcs those of people are; the candidates come after them."""
        return 2 * (len(self.grid.mentors) + len(self.grid.mentees))

    def run(self) -> Pruned:
        model, price = self._solved(None)
        rounds = 1
        while len(better := self._better(price, _SLACKS[min(rounds, len(_SLACKS)) - 1])):
            rounds += 1
            self._add(better)
            model, price = self._solved(price)
        used = self.units[model.pairs] > 0
        return Pruned(
            chosen=frozenset(self._ids(used)),
            score=int(self.arcs.score[used].sum()),
            optimal=self.scale.exact and proves(model.network, -model.worth, self.units, price),
            candidates=len(self.arcs),
            rounds=rounds,
            trail=self._trail(),
        )

    def _solved(self, price: Ints | None) -> tuple[Model, Ints]:
        """Find the best flow over the candidates, and return the prices that prove it."""
        self.watch(Step.CHOOSE)
        model = build(self.grid, self.arcs, self.scale)
        for units in self._attempts(model, price):
            self.watch(Step.PROVE)
            found = node_prices(model.network, -model.worth, units)
            if found is not None:
                self.units = units
                return model, found
            self.watch(Step.CHOOSE)
        raise MatchingFault("The flow found is not the best one.")

    def _attempts(self, model: Model, price: Ints | None) -> Iterator[Ints]:
        """Yield flows that ought to be best, the one that takes least time first and the certain one last."""
        if price is not None:
            yield from self._nearby(model, price)
        usable = model.network.room > 0
        for scale in solver_scales(self.grid, len(self.keep)):
            cost = -build(self.grid, self.arcs, scale).worth
            yield least_cost(model.network, cost, np.zeros_like(cost), usable)
        yield solve_tiers(model.network, model.tiers()).units

    def _nearby(self, model: Model, price: Ints) -> Iterator[Ints]:
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

    def _better(self, price: Ints, slack: int) -> Arcs:
        """Return legal pairs that are no candidates and worth more than their people's prices, if there are any.

        With them come those that are worth less by no more than the slack. At first only the best of each
        mentee are looked at; of those mentees who have more, all are.
        """
        found, cut = self._found(price, slack, _A_LINE)
        if len(cut):
            more, _ = self._found(price, 0, len(self.grid.mentors), cut)
            found = found.and_(more.only(~found.has(more.codes)))
        return found

    def _found(self, price: Ints, slack: int, most: int, places: Ints | None = None) -> tuple[Arcs, Ints]:
        grid, scale, (own, other) = self.grid, self.scale, self._sides(price)
        # All pairs seen by the leads are candidates, so the others are worth a pair and their score alone.
        asked = (own - scale.pair) // scale.score - slack, other // scale.score
        mentor, mentee, cut = sweep.beating(grid, *asked, most, places)
        codes = np.sort(grid.codes(mentor, mentee))
        found = arcs_of(grid, codes[~self.arcs.has(codes)], self.keep)
        gain = self._gain(found, price)
        close = gain > (-slack * scale.score if np.any(gain > 0) else 0)
        found, gain = found.only(close), gain[close]
        return found.only(_best_of_each(found.mentor, found.mentee, gain)), cut

    def _add(self, better: Arcs) -> None:
        """Make pairs candidates that were none; they carry no flow yet."""
        before = self.arcs
        self.arcs = before.and_(better)
        units = np.zeros(self._people + len(self.arcs), np.int64)
        units[: self._people] = self.units[: self._people]
        units[self._people + self.arcs.places(before.codes)] = self.units[self._people :]
        self.units = units

    def _gain(self, arcs: Arcs, price: Ints) -> Ints:
        """Return what each pair is worth more than the prices of its two people."""
        own, other = self._sides(price)
        worth = self.scale.pair + self.scale.score * arcs.score + arcs.kept
        gain: Ints = worth - own[arcs.mentor] - other[arcs.mentee]
        return gain

    def _sides(self, price: Ints) -> tuple[Ints, Ints]:
        """Split the prices of nodes into those of mentors and of mentees, so that both are paid."""
        mentors = 1 + len(self.grid.mentors)
        return -price[1:mentors], price[mentors:]

    def _ids(self, which: Bools) -> Iterator[PairIds]:
        mentors, mentees = self.grid.mentors.ids, self.grid.mentees.ids
        places = zip(self.arcs.mentor[which].tolist(), self.arcs.mentee[which].tolist(), strict=True)
        return ((mentors[mentor], mentees[mentee]) for mentor, mentee in places)

    def _trail(self) -> Trail:
        mentor, mentee = self.arcs.mentor.astype(np.int32), self.arcs.mentee.astype(np.int32)
        return Trail(self.grid.mentors.ids, self.grid.mentees.ids, mentor, mentee)


def _best_of_each(mentor: Ints, mentee: Ints, gain: Ints) -> Bools:
    """Return which pairs are among the best few of either person: many more would only slow the solver down."""
    best = np.zeros(len(gain), np.bool_)
    for person in (mentor, mentee):
        order = np.lexsort((-gain, person))
        best[order[ranks(person[order]) < _EACH]] = True
    return best
