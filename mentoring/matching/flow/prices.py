"""Dual prices of a flow: shortest distances in its residual network. Loads numpy: import it late.

In the literature: dual variables, node potentials, residual network, label correcting (Bellman, Ford, Moore).
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, entries
from mentoring.matching.flow.network import Flow, Network, Stage, is_optimal

FAR = 1 << 62
_TIMES = 25


def node_prices(network: Network, cost: Ints, units: Ints) -> Ints | None:
    """Return prices halfway between the lowest and the highest that prove the flow, or None if none do.

    They exist when no circle of residual arcs has a negative cost, which is when the flow is optimal. In the
    middle, fewer pairs outside the network look better than they are. Node 0 has the price 0.
    """
    tail, head, length = open_ways(network, cost, units, np.ones(len(cost), np.bool_))
    from_hub = np.full(network.nodes, FAR)
    from_hub[0] = 0
    away = distances(from_hub, tail, head, length)
    home = None if away is None else distances(from_hub, head, tail, length)
    if away is None or home is None:
        return None
    highest, lowest = np.where(away < FAR, away, -home), np.where(home < FAR, -home, away)
    price: Ints = highest // 2 + lowest // 2 + (highest % 2 + lowest % 2) // 2
    return price


def prices_back(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints | None:
    """Return the highest prices up to 0 that prove a flow, looking at the free arcs only, or None if none do."""
    tail, head, length = open_ways(network, cost, units, free)
    distance = distances(np.zeros(network.nodes, np.int64), head, tail, length, network.nodes + 1)
    return None if distance is None else -distance


def open_ways(network: Network, cost: Ints, units: Ints, free: Bools) -> tuple[Ints, Ints, Ints]:
    """Return where flow could still go, from node to node, and what that costs."""
    onward, back = free & (units < network.room), free & (units > 0)
    tail = np.concatenate([network.tail[onward], network.head[back]])
    head = np.concatenate([network.head[onward], network.tail[back]])
    return tail, head, np.concatenate([cost[onward], -cost[back]])


def proves(network: Network, cost: Ints, units: Ints, price: Ints) -> bool:
    """Return whether the flow is feasible and the prices prove that none costs less, whoever computed them."""
    stage = Stage(cost, price)
    return is_optimal(network, Flow(units, (stage,)))


def distances(distance: Ints, tail: Ints, head: Ints, length: Ints, times: int = _TIMES) -> Ints | None:
    """Return the least distances below those given, by Bellman and Ford's method on those that changed.

    None where arcs would have to be looked at more than so many times each: with as many times as there are nodes,
    there are no least distances.
    """
    distance, nodes = distance.copy(), len(distance)
    order = np.argsort(tail, kind="stable")
    head, length = head[order], length[order]
    starts = np.searchsorted(tail[order], np.arange(nodes + 1))
    changed = np.flatnonzero(distance < FAR)
    left = times * len(tail) + nodes
    while len(changed):
        arcs, counts = entries(starts, changed)
        left -= len(arcs)
        if left < 0:
            return None
        reached = np.repeat(distance[changed], counts) + length[arcs]
        shorter = reached < distance[head[arcs]]
        nodes_reached = head[arcs[shorter]]
        np.minimum.at(distance, nodes_reached, reached[shorter])
        nearer = np.zeros(nodes, np.bool_)
        nearer[nodes_reached] = True
        changed = np.flatnonzero(nearer)
    return distance
