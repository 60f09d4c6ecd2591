"""Flow problems over all legal pairs of a problem, and their best flows with the prices that prove them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching import Problem
from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow.network import Stage, reduced_cost
from mentoring.matching.flow.objective import Scaled, build
from mentoring.matching.flow.prices import node_prices, proves
from mentoring.matching.flow.tiers import solve_tiers
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.scale import exact_scale


@dataclass(frozen=True)
class Proven:
    """A flow over some legal pairs, with prices that may prove it."""

    model: Scaled
    units: Ints
    price: Ints

    def proves(self, units: Ints) -> bool:
        return proves(self.model.network, -self.model.worth, units, self.price)

    @property
    def reduced(self) -> Ints:
        """What a unit on each arc costs by the prices."""
        return reduced_cost(self.model.network, Stage(-self.model.worth, self.price))


def grid_of(problem: Problem) -> Grid:
    """Return who has a place in the flow problem."""
    return Grid(Board(Context(problem)))


def all_pairs(problem: Problem) -> Scaled:
    """Return the flow problem over all legal pairs."""
    grid = grid_of(problem)
    every = np.arange(len(grid.mentors) * len(grid.mentees))
    scale = exact_scale(grid.rosters, len(grid.keep))
    return build(*grid.rosters, grid.candidates(every)).scaled(scale)


def some_pairs(model: Scaled, which: Bools) -> Scaled:
    """Return the same problem over some of its pairs."""
    return build(model.mentors, model.mentees, model.candidates.only(which)).scaled(model.scale)


def best_of(model: Scaled) -> Proven:
    """Return the best flow, solved tier by tier, and prices that prove it."""
    units = solve_tiers(model.network, model.tiers()).units
    price = node_prices(model.network, -model.worth, units)
    assert price is not None
    return Proven(model, units, price)


def proven(problem: Problem, which: Bools | None = None) -> Proven:
    """Return the best flow over all legal pairs or some of them, and prices that prove it."""
    model = all_pairs(problem)
    return best_of(model if which is None else some_pairs(model, which))


def reached(model: Scaled, units: Ints) -> list[int]:
    """Return what a flow comes to, tier by tier."""
    return [int(np.sum(tier.worth * units)) for tier in model.tiers()]
