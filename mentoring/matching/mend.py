"""A flow and its prices made best again, where only some arcs stand against them.

An arc stands against the prices if one more unit on it, or one less, would cost less than nothing. That unit is
put through, and taken back along the cheapest way around, if that gains; prices move by the length of the way, so
that they keep proving everything else (successive shortest paths: Ahuja, Magnanti, Orlin, "Network Flows", 1993,
section 9.7). It takes as long as there are such arcs, not people. Loads numpy: import it late.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, entries
from mentoring.matching.flow import Network, Stage, reduced_cost

_FAR = 1 << 62
_MOST = 10_000
_WORK, _LEAST_WORK, _A_TURN = 60, 6_000_000, 1_000
"""How often arcs may be looked at, for each arc and at the least, and how many looks a turn takes as long as."""

_FIRST_LOOK, _WIDER = 64, 64
"""How far the first search goes, in costs, and how many times as far the next one does if it finds no way."""

_AT_ONCE = 8
_TIMES = 4


def mended(network: Network, cost: Ints, units: Ints, price: Ints) -> tuple[Ints, Ints] | None:
    """Return a best flow and prices that prove it, made from a nearly best one; None if that takes too long.

    Node 0 keeps its price.
    """
    for _ in range(_TIMES):
        reduced = reduced_cost(network, Stage(cost, price))
        against = np.flatnonzero(standing_against(network, reduced, units))
        if not len(against):
            return units, price
        if len(against) > _MOST:
            return None
        gain = np.abs(reduced[against])
        near = np.abs(reduced) <= 2 * int(gain.max())
        mending = _Mending(network, cost, units, price, near, against)
        for arc in against[np.argsort(-gain, kind="stable")].tolist():
            mending.mend(arc)
            mending.open(arc)
            if mending.work > max(_WORK * len(cost), _LEAST_WORK):
                return None
        units, price = mending.units, mending.price - mending.price[0] + price[0]
    return None


def standing_against(network: Network, reduced: Ints, units: Ints) -> Bools:
    """Return which arcs could gain by a unit more or less, at their reduced costs."""
    against: Bools = ((reduced < 0) & (units < network.room)) | ((reduced > 0) & (units > 0))
    return against


class _Mending:
    """A flow and its prices while they are made best again, over the arcs that may matter.

    Each arc is an entry at both its ends. Going out by an entry costs its cost and the price here, less the price
    at the other end; coming in by it earns that. Arcs that are still against the prices are shut.
    """

    def __init__(
        self, network: Network, cost: Ints, units: Ints, price: Ints, near: Bools, shut: Ints
    ) -> None:
        self.network, self.cost = network, cost
        self.units, self.price, self.work = units.copy(), price.copy(), 0
        arcs = np.flatnonzero(near)
        ends = np.concatenate([network.tail[arcs], network.head[arcs]])
        order = np.argsort(ends, kind="stable")
        self._arc = np.concatenate([arcs, arcs])[order]
        self._onward = order < len(arcs)
        self._other = np.concatenate([network.head[arcs], network.tail[arcs]])[order]
        self._cost = np.where(self._onward, cost[self._arc], -cost[self._arc])
        self._starts = np.searchsorted(ends[order], np.arange(network.nodes + 1))
        more, less = units < network.room, units > 0
        more[shut] = less[shut] = False
        self._out = np.where(self._onward, more[self._arc], less[self._arc])
        self._in = np.where(self._onward, less[self._arc], more[self._arc])

    def open(self, arc: int) -> None:
        """Let units go along an arc as far as its room and what is on it allow."""
        more, less = bool(self.units[arc] < self.network.room[arc]), bool(self.units[arc] > 0)
        tail, head = self._entries(arc)
        self._out[tail] = self._in[head] = more
        self._in[tail] = self._out[head] = less

    def _entries(self, arc: int) -> tuple[int, int]:
        """Return where an arc is an entry, at its tail and at its head."""
        found = []
        for node, onward in ((int(self.network.tail[arc]), True), (int(self.network.head[arc]), False)):
            here = slice(int(self._starts[node]), int(self._starts[node + 1]))
            found.append(
                here.start + int(((self._arc[here] == arc) & (self._onward[here] == onward)).argmax())
            )
        return found[0], found[1]

    def mend(self, arc: int) -> None:
        """Put units on an arc, or take them off, for as long as that gains."""
        while gain := self._gain(arc):
            tail, head = int(self.network.tail[arc]), int(self.network.head[arc])
            start, goal = (head, tail) if gain > 0 else (tail, head)
            if self._go_around(start, goal, abs(gain)) < abs(gain):
                self.units[arc] += 1 if gain > 0 else -1

    def _gain(self, arc: int) -> int:
        """Return what one more unit on an arc gains, or less than nothing if one less gains that."""
        tail, head = self.network.tail[arc], self.network.head[arc]
        reduced = int(self.cost[arc] + self.price[tail] - self.price[head])
        against = self.units[arc] < self.network.room[arc] if reduced < 0 else self.units[arc] > 0
        return -reduced if against else 0

    def _go_around(self, start: int, goal: int, most: int) -> int:
        """Send a unit the cheapest way if that costs less than `most`; return what it costs, at most `most`.

        The way is looked for from a person's end, because everybody is next to the hub.
        """
        way, begin, end = (1, start, goal) if start else (-1, goal, start)
        limit = min(most, _FIRST_LOOK)
        distance, turn = self._distances(begin, end, way, limit)
        while distance[end] >= limit and limit < most:
            limit = min(most, limit * _WIDER)
            distance, turn = self._distances(begin, end, way, limit)
        length = min(int(distance[end]), most)
        if length < most:
            self._send(begin, end, way, distance, turn)
        reached = distance < length
        self.price[reached] -= way * (length - distance[reached])
        return length

    def _distances(self, begin: int, end: int, way: int, limit: int) -> tuple[Ints, Ints]:
        """Return how far nodes are, those beyond a limit or the end left out, and the turn that found it.

        With `way` 1 distances are those from the beginning, with -1 those to it.
        """
        distance, turn = np.full(self.network.nodes, _FAR), np.zeros(self.network.nodes, np.int64)
        waiting = np.zeros(self.network.nodes, np.bool_)
        distance[begin], waiting[begin] = 0, True
        turns, at_once = 0, max(1, limit // _AT_ONCE)
        while len(nodes := np.flatnonzero(waiting)):
            turns += 1
            nodes = nodes[distance[nodes] <= distance[nodes].min() + at_once]
            waiting[nodes] = False
            ends, lengths, counts = self._ways(nodes, way)
            reached = np.repeat(distance[nodes], counts) + lengths
            nearer = (reached < min(limit, int(distance[end]))) & (reached < distance[ends])
            ends, reached = ends[nearer], reached[nearer]
            np.minimum.at(distance, ends, reached)
            turn[ends] = turns
            waiting[ends] = True
            waiting[end] = False
        return distance, turn

    def _ways(self, nodes: Ints, way: int) -> tuple[Ints, Ints, Ints]:
        """Return where one can go from some nodes, what it costs, and how many entries each of them has."""
        here, counts = entries(self._starts, nodes)
        self.work += _A_TURN + len(here)
        other = self._other[here]
        length = way * (self._cost[here] + np.repeat(self.price[nodes], counts) - self.price[other])
        return other, np.where((self._out if way > 0 else self._in)[here], length, _FAR // 2), counts

    def _send(self, begin: int, end: int, way: int, distance: Ints, turn: Ints) -> None:
        """Send a unit along the way that was found, going back from its end to its beginning."""
        while end != begin:
            here = slice(int(self._starts[end]), int(self._starts[end + 1]))
            before = self._other[here]
            length = -way * (self._cost[here] + self.price[end] - self.price[before])
            open_ = (self._in if way > 0 else self._out)[here]
            came = open_ & (distance[before] + length == distance[end]) & (turn[before] < turn[end])
            found = here.start + int(came.argmax())
            arc = int(self._arc[found])
            self.units[arc] -= way if self._onward[found] else -way
            self.open(arc)
            end = int(self._other[found])
