"""The flow of least cost in a network, by a solver. Loads numpy: import it late.

In the literature: network simplex (LEMON's, by way of pylmcf), warm start.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow.network import Network
from mentoring.matching.model import MatchingFault


def least_cost(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Return the flow of least cost that differs from the one given on free arcs only.

    The solver takes no negative costs, so it is asked what to change: arcs that earn something begin full, those that
    cost something empty, and those that do neither as they are given. The less is out of balance at the nodes
    then, the less there is to do.
    """
    begun = np.where(free & (cost != 0), np.where(cost < 0, network.room, 0), units)
    more, less = np.flatnonzero(free & (begun < network.room)), np.flatnonzero(free & (begun > 0))
    ways = Network(
        nodes=network.nodes,
        tail=np.concatenate([network.tail[more], network.head[less]]),
        head=np.concatenate([network.head[more], network.tail[less]]),
        room=np.concatenate([network.room[more] - begun[more], begun[less]]),
    )
    moved = _solved(ways, np.abs(cost[np.concatenate([more, less])]), network.balance(begun))
    begun[more] += moved[: len(more)]
    begun[less] -= moved[len(more) :]
    return begun


def _solved(network: Network, cost: Ints, supply: Ints) -> Ints:
    """Return the flow of least cost in which `supply` more leaves each node than reaches it."""
    from pylmcf import Graph

    # The solver wants arcs in the order of their ends.
    order = np.lexsort((network.head, network.tail))
    graph = Graph(network.nodes, network.tail[order], network.head[order])
    graph.set_node_supply(supply)
    graph.set_edge_costs(cost[order])
    graph.set_edge_capacities(network.room[order])
    try:
        graph.solve()
    except RuntimeError as problem:
        raise MatchingFault(f"The flow solver answered {problem}.") from problem
    units = np.empty_like(cost)
    units[order] = graph.result()
    return units
