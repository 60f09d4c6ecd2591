"""A flow and its prices made best again, where only some arcs stand against them.

An arc stands against the prices if one more unit on it, or one less, would cost less than nothing. That unit is
put through, and taken back along the cheapest way around, if that gains; prices move by the length of the way, so
that they keep proving everything else (successive shortest paths: Ahuja, Magnanti, Orlin, "Network Flows", 1993,
section 9.7). Searches stay around such arcs, however many people there are. Loads numpy: import it late.

In the literature: successive shortest paths, bidirectional search, augmenting cycle, warm start.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, entries
from mentoring.matching.flow.network import Network, Stage, reduced_cost, standing_against

_FAR = 1 << 62
_MOST = 10_000
_WORK, _LEAST_WORK, _A_TURN = 60, 6_000_000, 1_000
"""How often arcs may be looked at, for each arc and at the least, and how many looks a turn takes as long as."""

_FIRST_LOOK, _WIDER = 8, 2
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

        The way is looked for from both ends at once, never past the hub, which everybody is next to. So the prices
        that move are those around the ends, and not everybody's.
        """
        there, back = _Around(self.network.nodes, start, 1), _Around(self.network.nodes, goal, -1)
        length, middle = most, start
        while there.radius + back.radius < length:
            easier, other = sorted((there, back), key=_Around.effort)
            self._widen(easier, min(max(_FIRST_LOOK, easier.radius * _WIDER), length - other.radius), length)
            length, middle = _meeting(there, back, most)
        if length < most:
            self._send(there, middle)
            self._send(back, middle)
        self._move(there, min(there.radius, length))
        self._move(back, length - min(there.radius, length))
        return length

    def _widen(self, around: _Around, radius: int, most: int) -> None:
        """Find the distances within a larger radius, but not past the hub; those from `most` on do not matter."""
        at_once = max(1, radius // _AT_ONCE)
        while len(nodes := around.nearest(radius, at_once)):
            around.note(*self._reached(around, nodes, most))
        around.radius = min(radius, int(around.distance[0]))

    def _reached(self, around: _Around, nodes: Ints, most: int) -> tuple[Ints, Ints]:
        """Return where one can go from some nodes, and how far that is in all, if it is less than `most`."""
        here, counts = entries(self._starts, nodes)
        self.work += _A_TURN + len(here)
        other, open_ = self._other[here], (self._out if around.way > 0 else self._in)[here]
        length = self._cost[here] + np.repeat(self.price[nodes], counts) - self.price[other]
        reached = np.repeat(around.distance[nodes], counts) + around.way * length
        nearer = open_ & (reached < most) & (reached < around.distance[other])
        return other[nearer], reached[nearer]

    def _send(self, around: _Around, end: int) -> None:
        """Send a unit along the way that was found to an end, going back from there to its beginning."""
        way, distance, turn = around.way, around.distance, around.turn
        while end != around.begin:
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

    def _move(self, around: _Around, radius: int) -> None:
        """Move the prices of nodes by as much as they are nearer than a radius."""
        nearer = around.distance < radius
        self.price[nearer] -= around.way * (radius - around.distance[nearer])


class _Around:
    """How far nodes are from a beginning, or with `way` -1 to it, which is certain for those within a radius.

    `turn` is when that was found: whoever is further on was found later.
    """

    def __init__(self, nodes: int, begin: int, way: int) -> None:
        self.begin, self.way, self.radius = begin, way, 0
        self.distance, self.turn = np.full(nodes, _FAR), np.zeros(nodes, np.int64)
        self._waiting = np.zeros(nodes, np.bool_)
        self.distance[begin], self._waiting[begin] = 0, True
        self._turns = self._looked_at = 0

    def effort(self) -> tuple[bool, int]:
        """Return what to compare to widen the one that is easier: none that has come to the hub."""
        return int(self.distance[0]) <= self.radius, self._looked_at

    def nearest(self, radius: int, at_once: int) -> Ints:
        """Return the nodes to go on from, about the nearest ones, as long as there are any within the radius."""
        nodes = np.flatnonzero(self._waiting)
        distance = self.distance[nodes]
        limit = min(radius, int(self.distance[0]), int(distance.min(initial=_FAR)) + at_once)
        nodes = nodes[distance < limit]
        self._waiting[nodes] = False
        self._looked_at += len(nodes)
        return nodes

    def note(self, nodes: Ints, distance: Ints) -> None:
        """Take down that nodes are nearer than was known."""
        self._turns += 1
        np.minimum.at(self.distance, nodes, distance)
        self.turn[nodes] = self._turns
        self._waiting[nodes] = True


def _meeting(there: _Around, back: _Around, most: int) -> tuple[int, int]:
    """Return how long the shortest way found is, at most `most`, and the first node where both ends meet on it."""
    both = np.flatnonzero((there.distance < _FAR) & (back.distance < _FAR))
    length = there.distance[both] + back.distance[both]
    if not len(both) or length.min() >= most:
        return most, there.begin
    both = both[length == length.min()]
    return int(length.min()), int(both[there.turn[both].argmin()])
