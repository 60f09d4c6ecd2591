"""A network, a flow in it, and the prices that prove that no flow is better. Loads numpy: import it late.

In the literature: minimum-cost circulation, reduced cost, dual feasibility, complementary slackness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs as parallel arrays over `nodes` nodes; flow is kept at every node."""

    nodes: int
    tail: Ints
    head: Ints
    room: Ints

    def mirrored(self) -> Network:
        """Return the same arcs, each from its head to its tail: the same units on them are a flow too."""
        return Network(self.nodes, self.head, self.tail, self.room)

    def balance(self, units: Ints) -> Ints:
        """Return what arrives at each node less what leaves it."""
        balance = np.zeros(self.nodes, np.int64)
        np.add.at(balance, self.head, units)
        np.subtract.at(balance, self.tail, units)
        return balance


@dataclass(frozen=True, slots=True)
class Tier:
    """One objective: what a unit of flow on each arc is worth, and the most that a whole flow can be."""

    worth: Ints
    most: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Tiers solved together, where they are known: the cost of each arc and the dual price of each node."""

    cost: Ints
    price: Ints
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow that is best for all tiers in their order, and the stages that prove it."""

    units: Ints
    stages: tuple[Stage, ...]


def reduced_cost(network: Network, stage: Stage) -> Ints:
    """Return what a unit of flow costs on each arc, the price at its tail paid and its head's earned."""
    cost: Ints = stage.cost + stage.price[network.tail] - stage.price[network.head]
    return cost


def standing_against(network: Network, reduced: Ints, units: Ints) -> Bools:
    """Return which arcs could gain by a unit more or less, at their reduced costs."""
    against: Bools = ((reduced < 0) & (units < network.room)) | ((reduced > 0) & (units > 0))
    return against


def is_optimal(network: Network, flow: Flow) -> bool:
    """Return whether the flow is feasible and its prices prove that none is better, whoever computed them.

    The first stage in which the reduced cost of an arc is not zero has to agree with the flow on it: none
    where it is positive, all the room where it is negative. That is lexicographic dual feasibility with
    complementary slackness.
    """
    if not _is_feasible(network, flow.units):
        return False
    open_arcs = np.ones(len(network.tail), np.bool_)
    for stage in flow.stages:
        reduced = reduced_cost(network, stage)
        if np.any(open_arcs & standing_against(network, reduced, flow.units)):
            return False
        open_arcs &= reduced == 0
    return True


def _is_feasible(network: Network, units: Ints) -> bool:
    within = np.all((units >= 0) & (units <= network.room))
    return bool(within) and not np.any(network.balance(units))
