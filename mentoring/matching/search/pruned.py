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

from mentoring.matching.arrays import Bools, Ints, distinct, ranks
from mentoring.matching.candidates import Candidates
from mentoring.matching.flow.network import Stage, reduced_cost
from mentoring.matching.flow.objective import Scaled, build
from mentoring.matching.flow.prices import node_prices, proves
from mentoring.matching.flow.solver import least_cost
from mentoring.matching.flow.tiers import solve_tiers
from mentoring.matching.model import MatchingFault, PairIds
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.scale import exact_scale
from mentoring.matching.search.first import first_codes
from mentoring.matching.search.resume import resumed, trail_of
from mentoring.matching.search.sweep import Sweep
from mentoring.matching.solution import Trail
from mentoring.matching.watch import Step, Watch, unwatched

_SLACKS = (400, 60, 10)
"""By how many points a pair may be short of the prices and become a candidate all the same, round by round.

Prices move by about that much when pairs that beat them come in; without these, the rounds would be many more.
"""

_MOST_SERVED = 1 << 59
"""The solver takes 2**62 for more than any way costs; in reduced costs, none costs as much as serving eight people."""

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
    return Search(grid, since, watch).run()


class Search:
    """The rounds of solving and looking for better pairs; `model` and `price` are those of the last round."""

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

    @property
    def _people(self) -> int:
        """How many arcs those of people are; the candidates come after them."""
        return 2 * (len(self.grid.mentors) + len(self.grid.mentees))

    def run(self) -> Pruned:
        """Return the best set, when no other legal pair can improve it."""
        model, price = self._begun()
        rounds, slacks = 1, iter(_SLACKS[1 if self.since else 0 :])
        while len(better := self._better(price, next(slacks, _SLACKS[-1]))):
            rounds += 1
            self._add(better)
            model = self._model()
            price = self._solved(model, model.answered(price, self.units))
        self.model, self.price = model, price
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

    def _begun(self) -> tuple[Scaled, Ints]:
        """Solve the first candidates, from the last time's pairs and prices or from nothing."""
        model = self._model()
        if self.since:
            self.units, price = resumed(self.grid, model, self.since)
            if proves(model.network, -model.worth, self.units, price):
                return model, price  # nothing has changed among these
        else:
            price = model.answered(model.nobody(), self.units)
        return model, self._solved(model, price)

    def _solved(self, model: Scaled, price: Ints) -> Ints:
        """Find the best flow over the candidates, from the last one and some prices; return prices that prove it."""
        for units in self._attempts(model, price):
            self._step(Step.PROVE)
            found = node_prices(model.network, -model.worth, units)
            if found is not None:
                self.units = units
                return model.raised(found, units)
        raise MatchingFault("The flow found is not the best one.")

    def _attempts(self, model: Scaled, price: Ints) -> Iterator[Ints]:
        """Yield flows that ought to be best, the one that takes least time first and the certain one last.

        Reduced costs stand in for costs: they rank flows alike, and what is best by the prices is there already.
        """
        self._step(Step.CHOOSE)
        network = model.network
        if self.scale.served < _MOST_SERVED:
            reduced = reduced_cost(network, Stage(-model.worth, price))
            # From mentors to mentees, which takes the solver less time where few pairs are candidates.
            yield least_cost(network.mirrored(), reduced, self.units, network.room > 0)
        self._step(Step.CHOOSE)
        yield solve_tiers(network, model.tiers()).units

    def _better(self, price: Ints, slack: int) -> Candidates:
        """Return legal pairs that are no candidates and worth more than their people's prices, if there are any.

        With them come those that are worth less by no more than the slack. At first only the best of each
        mentee are looked at; of those mentees who have more, all are.
        """
        self._step(Step.PROVE)
        found, cut = self._found(price, slack, _A_LINE, None)
        if len(cut):
            found = found.and_(self._found(price, 0, len(self.grid.mentors), cut)[0].without(found))
        gain = self._gain(found, price)
        return found.only(_best_of_each(found.mentor, found.mentee, gain) if np.any(gain > 0) else gain > 0)

    def _found(self, price: Ints, slack: int, most: int, mentees: Ints | None) -> tuple[Candidates, Ints]:
        """Return pairs of some mentees, or all, that are close to the prices, and the places of those who have more."""
        scale, (own, other) = self.scale, self._sides(price)
        # All pairs seen by the leads are candidates, so the others are worth a pair and their score alone.
        asked = own - scale.pair - slack * scale.score, other
        mentor, mentee, cut = self.sweep.beating(*asked, most, mentees, scale.score)
        return self._close(self.grid.codes(mentor, mentee), price, slack), cut

    def _close(self, codes: Ints, price: Ints, slack: int) -> Candidates:
        """Return those pairs, given by codes in order, that are short of the prices by less than a slack."""
        found = self.grid.candidates(codes[~self.arcs.has(codes)])
        return found.only(self._gain(found, price) > -slack * self.scale.score)

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
