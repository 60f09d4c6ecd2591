"""Flow problems over all legal pairs of a problem, and their best flows with the prices that prove them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching import Problem
from mentoring.matching.arcs import Model, arcs_of, build
from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.candidates import Board
from mentoring.matching.context import Context
from mentoring.matching.flow import Stage, reduced_cost, solve_tiers
from mentoring.matching.grid import Grid
from mentoring.matching.prices import node_prices, proves
from mentoring.matching.scale import exact_scale


@dataclass(frozen=True)
class Proven:
    """A flow over some legal pairs, with prices that may prove it."""

    model: Model
    units: Ints
    price: Ints

    def proves(self, units: Ints) -> bool:
        return proves(self.model.network, -self.model.worth, units, self.price)

    @property
    def reduced(self) -> Ints:
        """What a unit on each arc costs by the prices."""
        return reduced_cost(self.model.network, Stage(-self.model.worth, self.price))


def all_pairs(problem: Problem) -> Model:
    """Return the flow problem over all legal pairs."""
    grid = Grid(Board(Context(problem)))
    every = np.arange(len(grid.mentors) * len(grid.mentees))
    return build(grid, arcs_of(grid, every, grid.codes_of(problem.keep)), exact_scale(grid, keeps(grid)))


def keeps(grid: Grid) -> int:
    """Return how many pairs of people with room the leads have seen."""
    return len(grid.codes_of(grid.board.context.problem.keep))


def some_pairs(model: Model, which: Bools) -> Model:
    """Return the same problem over some of its pairs."""
    return build(model.grid, model.arcs.only(which), exact_scale(model.grid, keeps(model.grid)))


def best_of(model: Model) -> Proven:
    """Return the best flow, solved tier by tier, and prices that prove it."""
    units = solve_tiers(model.network, model.tiers()).units
    price = node_prices(model.network, -model.worth, units)
    assert price is not None
    return Proven(model, units, price)


def proven(problem: Problem, which: Bools | None = None) -> Proven:
    """Return the best flow over all legal pairs or some of them, and prices that prove it."""
    model = all_pairs(problem)
    return best_of(model if which is None else some_pairs(model, which))


def reached(model: Model, units: Ints) -> list[int]:
    """Return what a flow comes to, tier by tier."""
    return [int(np.sum(tier.worth * units)) for tier in model.tiers()]
