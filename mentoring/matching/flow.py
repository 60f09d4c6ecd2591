"""The choice of pairs as a flow of least cost, solved tier by tier, with the dual prices that prove it.

Node 0 is a hub. Flow leaves it for a mentor, goes on along a pair to a mentee and returns. Each person has
two arcs to or from the hub: one for the first partner, which earns what being served is worth, and one for
the others (Ahuja, Magnanti, Orlin, "Network Flows", 1993, sections 1.3 and 9.3). Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import MatchingFault

_ROOM_FOR_SCALING = 1 << 60
"""The solver keeps what a path costs in 63 bits, and takes 2**62 for more than any path: a factor 4 is spare."""


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs as parallel arrays over `nodes` nodes; flow is kept at every node."""

    nodes: int
    tail: Ints
    head: Ints
    room: Ints


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


def solve_tiers(network: Network, tiers: Sequence[Tier]) -> Flow:
    """Return the flow that is best by the first tier, among those by the second, and so on, exactly.

    After each stage only its optimal flows remain: by complementary slackness, arcs whose reduced cost is not
    zero keep their flow, and the others stay free for the next stage.
    """
    units = np.zeros(len(network.tail), np.int64)
    free = network.room > 0
    stages = []
    for cost, packed in _packed(tiers, network.nodes):
        units = least_cost(network, cost, units, free)
        price = _prices(network, cost, units, free)
        stages.append(Stage(cost, price, packed))
        free &= reduced_cost(network, stages[-1]) == 0
    return Flow(units, tuple(stages))


def reduced_cost(network: Network, stage: Stage) -> Ints:
    """Return what a unit of flow costs on each arc, the price at its tail paid and its head's earned."""
    cost: Ints = stage.cost + stage.price[network.tail] - stage.price[network.head]
    return cost


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
        if np.any(open_arcs & (reduced > 0) & (flow.units > 0)):
            return False
        if np.any(open_arcs & (reduced < 0) & (flow.units < network.room)):
            return False
        open_arcs &= reduced == 0
    return True


def _is_feasible(network: Network, units: Ints) -> bool:
    within = np.all((units >= 0) & (units <= network.room))
    return bool(within) and not np.any(_balance(network, units))


def _balance(network: Network, units: Ints) -> Ints:
    """Return what arrives at each node less what leaves it."""
    balance = np.zeros(network.nodes, np.int64)
    np.add.at(balance, network.head, units)
    np.subtract.at(balance, network.tail, units)
    return balance


def dual_values(network: Network, stages: Sequence[Stage]) -> list[int]:
    """Return the most that each tier can be worth in a flow, those before it being at their most: from prices alone.

    A flow costs what its units cost on each arc by the reduced costs, so at least what it costs to fill all arcs
    where that is negative and no others (weak duality). Arcs that one stage settles stay so in the next.
    """
    free, filled = np.ones(len(network.tail), np.bool_), np.zeros(len(network.tail), np.int64)
    values: list[int] = []
    for stage in stages:
        reduced = reduced_cost(network, stage)
        filled = np.where(free, np.where(reduced < 0, network.room, 0), filled)
        values += _unpacked(-int(np.sum(reduced * filled)), stage.tiers)
        free &= reduced == 0
    return values


def _unpacked(value: int, tiers: Sequence[Tier]) -> list[int]:
    """Return what each tier of one integer is."""
    values = []
    for tier in reversed(tiers[1:]):
        value, last = divmod(value, tier.most + 1)
        values.append(last)
    return [value, *reversed(values)]


def _packed(tiers: Sequence[Tier], nodes: int) -> list[tuple[Ints, tuple[Tier, ...]]]:
    """Turn worths into costs, as many tiers to an integer as fit; an earlier one outweighs the later."""
    limit = _ROOM_FOR_SCALING // (nodes + 3)
    packed: list[tuple[Ints, tuple[Tier, ...]]] = []
    for tier in tiers:
        cost, earlier = packed[-1] if packed else (tier.worth, ())
        largest = int(np.abs(cost).max(initial=0)) if packed else limit
        if largest * (tier.most + 1) + tier.most < limit:
            packed[-1] = cost * (tier.most + 1) - tier.worth, (*earlier, tier)
        else:
            packed.append((-tier.worth, (tier,)))
    return packed


def least_cost(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Return the flow of least cost that differs from the one given on free arcs only.

    The solver takes no negative costs: arcs that have one are filled, and it is asked how much to take back.
    """
    back = free & (cost < 0)
    filled = np.where(free, np.where(back, network.room, 0), units)
    tail = np.where(back, network.head, network.tail)
    head = np.where(back, network.tail, network.head)
    # From mentees to mentors, which takes the solver less time where many pairs are legal.
    mirrored = Network(network.nodes, head[free], tail[free], network.room[free])
    moved = _solved(mirrored, np.abs(cost[free]), -_balance(network, filled), _mentees_first(network))
    filled[free] += np.where(back[free], -moved, moved)
    return filled


def _mentees_first(network: Network) -> Ints:
    """Return the nodes in another order: the hub, the mentees and then the mentors, whom it has arcs to."""
    mentors = int(network.head[network.tail == 0].max(initial=0))
    order: Ints = np.r_[0, mentors + 1 : network.nodes, 1 : mentors + 1]
    return order


def _solved(network: Network, cost: Ints, supply: Ints, order: Ints) -> Ints:
    """Return the flow of least cost in which `supply` more leaves each node than reaches it."""
    from pylmcf import Graph

    number = np.argsort(order)
    tail, head = number[network.tail], number[network.head]
    # The solver wants arcs in the order of their ends.
    arcs = np.lexsort((head, tail))
    graph = Graph(network.nodes, tail[arcs], head[arcs])
    graph.set_node_supply(supply[order])
    graph.set_edge_costs(cost[arcs])
    graph.set_edge_capacities(network.room[arcs])
    try:
        graph.solve()
    except RuntimeError as problem:
        raise MatchingFault(f"The flow solver answered {problem}.") from problem
    units = np.empty_like(cost)
    units[arcs] = graph.result()
    return units


def _prices(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Return shortest distances in the residual network of the free arcs, by Bellman and Ford's method.

    They exist when no circle of residual arcs has a negative cost, which is when the flow is optimal.
    """
    onward, back = free & (units < network.room), free & (units > 0)
    tail = np.concatenate([network.tail[onward], network.head[back]])
    head = np.concatenate([network.head[onward], network.tail[back]])
    length = np.concatenate([cost[onward], -cost[back]])
    price = np.zeros(network.nodes, np.int64)
    for _ in range(network.nodes + 1):
        before = price.copy()
        np.minimum.at(price, head, before[tail] + length)
        if np.array_equal(price, before):
            return price
    raise MatchingFault("The flow found is not the best one.")
