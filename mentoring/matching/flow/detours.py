"""The cheapest ways through what a best flow leaves open, from one node to all others. Loads numpy: import it late.

In the literature: shortest path tree in the residual network, reduced costs, tight arcs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints, entries
from mentoring.matching.flow.network import Network
from mentoring.matching.flow.prices import FAR, distances, open_ways


@dataclass(frozen=True, slots=True)
class Ways:
    """The steps from node to node that are open, what each costs, and what the cheapest way to each node costs."""

    start: int
    away: Ints
    tail: Ints
    head: Ints
    length: Ints

    def to(self, nodes: list[int]) -> list[list[tuple[int, int]]]:
        """Return the steps of a cheapest way to each of some nodes, in their order."""
        before = self._before()
        found = []
        for node in nodes:
            steps = []
            while node != self.start:
                steps.append((int(before[node]), node))
                node = int(before[node])
            found.append(steps[::-1])
        return found

    def _before(self) -> Ints:
        """Return from which node a cheapest way comes to each, -1 for none.

        They are found from the start on, because steps that cost nothing could lead in a circle.
        """
        tight = (self.away[self.tail] < FAR) & (self.away[self.tail] + self.length == self.away[self.head])
        tail, head = self.tail[tight], self.head[tight]
        order = np.argsort(tail, kind="stable")
        tail, head = tail[order], head[order]
        starts = np.searchsorted(tail, np.arange(len(self.away) + 1))
        before = np.full(len(self.away), -1)
        before[self.start] = self.start
        reached = np.array([self.start])
        while len(reached):
            arcs, _ = entries(starts, reached)
            arcs = arcs[before[head[arcs]] < 0]
            before[head[arcs]] = tail[arcs]
            reached = np.unique(head[arcs])
        return before


def ways(network: Network, reduced: Ints, units: Ints, free: Bools, start: int) -> Ways:
    """Return the cheapest ways from a node, at reduced costs that prove the flow; only free arcs may change."""
    tail, head, length = open_ways(network, reduced, units, free)
    begun = np.full(network.nodes, FAR)
    begun[start] = 0
    found = distances(begun, tail, head, length, network.nodes + 1)
    assert found is not None, "no step costs less than nothing"
    return Ways(start, found, tail, head, length)
