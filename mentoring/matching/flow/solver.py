"""The flow of least cost in a network, by a solver. Loads numpy: import it late.

In the literature: network simplex (LEMON's, by way of pylmcf).
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow.network import Network
from mentoring.matching.model import MatchingFault


def least_cost(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Return the flow of least cost that differs from the one given on free arcs only.

    The solver takes no negative costs: arcs that have one are filled, and it is asked how much to take back.
    """
    back = free & (cost < 0)
    filled = np.where(free, np.where(back, network.room, 0), units)
    tail = np.where(back, network.head, network.tail)[free]
    head = np.where(back, network.tail, network.head)[free]
    open_arcs = Network(network.nodes, tail, head, network.room[free])
    moved = _solved(open_arcs, np.abs(cost[free]), network.balance(filled))
    filled[free] += np.where(back[free], -moved, moved)
    return filled


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
