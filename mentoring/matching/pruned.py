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
from mentoring.matching.arcs import Model, arcs_of, build
from mentoring.matching.candidates import Board, Bools, Ints
from mentoring.matching.flow import least_cost, solve_tiers
from mentoring.matching.grid import Grid
from mentoring.matching.model import MatchingFault, PairIds
from mentoring.matching.prices import node_prices, proves
from mentoring.matching.scale import exact_scale, solver_scales
from mentoring.matching.watch import Step, Watch, unwatched

FEW = 16
"""How many of the best mentors of each mentee are candidates to begin with, and twice those of each mentor."""

_RANDOM = 8
_SEED = 20_260_302
_A_LINE = 64
_EACH = 4
_CALM = 0.01
_NEAR = 1_000


@dataclass(frozen=True, slots=True)
class Pruned:
    """The chosen pairs, what they score, whether they are proven best, and in how many rounds.

    `near` are those candidates that were chosen or close to it: where a similar problem can start from.
    """

    chosen: frozenset[PairIds]
    score: int
    optimal: bool
    candidates: int
    rounds: int
    near: frozenset[PairIds]


def solve_pruned(board: Board, since: frozenset[PairIds] = frozenset(), watch: Watch = unwatched) -> Pruned:
    """Return the best set of pairs among all legal ones; the first candidates are `since`, if there are any."""
    watch(Step.LIST)
    return _Search(Grid(board), since, watch).run()


class _Search:
    """The rounds of solving and looking for better pairs."""

    def __init__(self, grid: Grid, since: frozenset[PairIds], watch: Watch) -> None:
        self.watch = watch
        self.grid = grid
        self.keep = grid.codes_of(grid.board.context.problem.keep)
        self.scale = exact_scale(grid, len(self.keep))
        first = grid.codes_of(since) if since else _first(grid)
        self.arcs = arcs_of(grid, np.union1d(first, self.keep), self.keep)

    def run(self) -> Pruned:
        model, units, price = self._solved(None)
        rounds = 1
        while len(better := self._better(price)):
            rounds += 1
            self.arcs = arcs_of(self.grid, np.union1d(self.arcs.codes, better), self.keep)
            model, units, price = self._solved(price if len(better) < _CALM * len(price) else None)
        used = units[model.pairs] > 0
        near = used | (self._gain(price) > -_NEAR * self.scale.score)
        return Pruned(
            chosen=frozenset(self._ids(used)),
            score=int(self.arcs.score[used].sum()),
            optimal=self.scale.exact and proves(model.network, -model.worth, units, price),
            candidates=len(self.arcs.codes),
            rounds=rounds,
            near=frozenset(self._ids(near)),
        )

    def _solved(self, price: Ints | None) -> tuple[Model, Ints, Ints]:
        """Return the best flow over the candidates, and the prices that prove it."""
        self.watch(Step.CHOOSE)
        model = build(self.grid, self.arcs, self.scale)
        for units in self._attempts(model, price):
            self.watch(Step.PROVE)
            found = node_prices(model.network, -model.worth, units)
            if found is not None:
                return model, units, found
            self.watch(Step.CHOOSE)
        raise MatchingFault("The flow found is not the best one.")

    def _attempts(self, model: Model, price: Ints | None) -> Iterator[Ints]:
        """Yield flows that ought to be best, the one that takes least time first and the certain one last.

        Once prices are calm, candidates that are worth much less than those of the round before will hardly be used.
        """
        network, none, usable = model.network, np.zeros_like(model.worth), model.network.room > 0
        for scale in solver_scales(self.grid, len(self.keep)):
            cost = -build(self.grid, self.arcs, scale).worth
            if price is not None:
                likely = model.people.copy()
                likely[model.pairs] = self._gain(price) > -_NEAR * self.scale.score
                yield least_cost(network, cost, none, usable & likely)
            yield least_cost(network, cost, none, usable)
        yield solve_tiers(network, model.tiers()).units

    def _gain(self, price: Ints) -> Ints:
        """Return what each candidate is worth more than the prices of its two people."""
        arcs, (own, other) = self.arcs, self._sides(price)
        worth = self.scale.pair + self.scale.score * arcs.score + arcs.kept
        gain: Ints = worth - own[arcs.mentor] - other[arcs.mentee]
        return gain

    def _sides(self, price: Ints) -> tuple[Ints, Ints]:
        """Split the prices of nodes into those of mentors and of mentees, so that both are paid."""
        mentors = 1 + len(self.grid.mentors)
        return price[1:mentors], -price[mentors:]

    def _better(self, price: Ints) -> Ints:
        """Return the codes of legal pairs that are no candidates and worth more than their people's prices.

        At first only the best of each mentee are looked at; when none of these is better, all are.
        """
        codes, cut = self._better_of(price, _A_LINE)
        if not len(codes) and len(cut):
            codes, _ = self._better_of(price, len(self.grid.mentors), cut)
        return codes

    def _better_of(self, price: Ints, most: int, places: Ints | None = None) -> tuple[Ints, Ints]:
        grid, scale, (own, other) = self.grid, self.scale, self._sides(price)
        # All pairs seen by the leads are candidates, so the others are worth a pair and their score alone.
        asked = (own - scale.pair) // scale.score, other // scale.score
        mentor, mentee, cut = sweep.beating(grid, *asked, most, places)
        codes = grid.codes(mentor, mentee)
        new = ~np.isin(codes, self.arcs.codes)
        mentor, mentee, codes = mentor[new], mentee[new], codes[new]
        score = grid.scores(mentor, mentee)
        gain = scale.pair + scale.score * score - own[mentor] - other[mentee]
        better = (score >= 0) & (gain > 0)
        return codes[better][_best_of_each(mentor[better], mentee[better], gain[better])], cut

    def _ids(self, which: Bools) -> Iterator[PairIds]:
        mentors, mentees = self.grid.mentors.ids, self.grid.mentees.ids
        places = zip(self.arcs.mentor[which].tolist(), self.arcs.mentee[which].tolist(), strict=True)
        return ((mentors[mentor], mentees[mentee]) for mentor, mentee in places)


def _best_of_each(mentor: Ints, mentee: Ints, gain: Ints) -> Bools:
    """Return which pairs are among the best few of either person: many more would only slow the solver down."""
    best = np.zeros(len(gain), np.bool_)
    for person in (mentor, mentee):
        order = np.lexsort((-gain, person))
        rank = np.arange(len(order)) - np.searchsorted(person[order], person[order])
        best[order[rank < _EACH]] = True
    return best


def _first(grid: Grid) -> Ints:
    """Return the codes of the best pairs of each person and of some random ones, which also reach the unpopular."""
    best = grid.codes(*sweep.best(grid, FEW, -(-FEW // 2)))
    return np.union1d(best, _random(grid))


def _random(grid: Grid) -> Ints:
    """Return random pairs for each mentee with a skill in common; some of them may break other rules."""
    place, skill, _ = grid.offers
    order = np.argsort(skill, kind="stable")
    starts = np.searchsorted(skill[order], np.arange(grid.skills + 2))
    draw = np.random.default_rng(_SEED)
    found = [np.zeros(0, np.int64)]
    for column in (
        draw.integers(0, max(1, grid.wishes.skill.shape[1]), _RANDOM)
        if len(place) and len(grid.mentees)
        else ()
    ):
        wished = grid.wishes.skill[:, column]
        offered = starts[wished + 1] - starts[wished]
        mentee = np.flatnonzero(offered)
        mentor = place[order[starts[wished[mentee]] + draw.integers(0, offered[mentee])]]
        found.append(grid.codes(mentor, mentee))
    return np.concatenate(found)
