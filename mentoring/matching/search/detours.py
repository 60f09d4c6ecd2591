"""What else would have to change if one pair made way for another, proven over all legal pairs.

A way goes from person to person: a pair comes, another goes, and at the end somebody may have no partner. Each step
costs what it is worse than the prices, which is never less than nothing. The cheapest ways are found among the
candidates of the search, and compared with every legal pair there is, as the search does: a pair outside the
candidates matters only if it makes a way shorter. Then it becomes a candidate. Loads numpy: import it late.

In the literature: shortest augmenting path, Dijkstra's potentials, column generation.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, among
from mentoring.matching.candidates import Candidates
from mentoring.matching.flow.detours import Ways, ways
from mentoring.matching.flow.network import Stage, reduced_cost
from mentoring.matching.flow.objective import build
from mentoring.matching.model import Side
from mentoring.matching.search.pruned import Search

_A_LINE = 64

_AT_ONCE = 1 << 19
"""About how many pairs of those people are looked at in a round who have more than the best few of a list."""

Step = tuple[int, int]
"""A mentor and a mentee by their places."""


class Detours:
    """The best set that a search came to, and the ways around one pair in it, or beside it, that is `without`."""

    def __init__(self, search: Search, without: Step) -> None:
        self.search, self.grid = search, search.grid
        self.mentor_price, self.mentee_price = search.model.of_sides(search.price)
        self._without = int(self.grid.codes(np.array([without[0]]), np.array([without[1]]))[0])
        used = search.units[search.model.pairs] > 0
        self._use(search.arcs, search.arcs.codes[used])
        self.used = frozenset(
            zip(search.arcs.mentor[used].tolist(), search.arcs.mentee[used].tolist(), strict=True)
        )

    def _use(self, arcs: Candidates, used: Ints) -> None:
        model = build(*self.grid.rosters, arcs).scaled(self.search.scale)
        self._arcs, self._used, self._network = arcs, used, model.network
        self._units = model.units(among(arcs.codes, used))
        self._reduced = reduced_cost(model.network, Stage(-model.worth, self.search.price))
        self._free = np.ones(len(self._reduced), np.bool_)
        self._free[model.pairs] = arcs.codes != self._without

    def worse(self, side: Side, place: int) -> tuple[Ints, Ints]:
        """Return a person's legal partners by place, and by how much each such pair is worth less than its prices."""
        codes = self.grid.codes_with(side, place)
        found = self.grid.candidates(np.sort(codes))
        return (found.mentee if side == "mentor" else found.mentor), self._short(found)

    def node(self, side: Side, place: int) -> int:
        """Return the node of a person in the network."""
        return 1 + place + (len(self.grid.mentees) if side == "mentor" else 0)

    def ways(self, side: Side, start: int, ends: Ints, last: Ints, few: int) -> Ways:
        """Return the cheapest ways from a node to people on one side; to mentors they are walked backwards.

        Only the cheapest few of the `ends`, with what the `last` step costs from each, have to be right.
        """
        while True:
            network = self._network if side == "mentee" else self._network.mirrored()
            found = ways(network, self._reduced, self._units, self._free, start)
            total = np.sort(found.away[ends] + last)
            more = self._shortcuts(side, found.away, int(total[min(few, len(total)) - 1]))
            if not len(more):
                return found
            self._use(self._arcs.and_(more), self._used)

    def _shortcuts(self, side: Side, away: Ints, most: int) -> Candidates:
        """Return legal pairs that are no candidates and make a way shorter than it is, and than `most`.

        To whom they lead, only the shortest of these ways counts.
        """
        mentees = 1 + len(self.grid.mentees)
        mentor, mentee = (np.minimum(away[at], most) for at in (slice(mentees, None), slice(1, mentees)))
        # Along a pair from a mentee: the mentee's way and the pair are to be shorter than the mentor's way. Walked
        # backwards, it is the other way around.
        sign = 1 if side == "mentee" else -1
        found = self._all_beating(self.mentor_price - sign * mentor, self.mentee_price + sign * mentee)
        if side == "mentee":
            return found.only(_nearest(found.mentor, mentee[found.mentee] + self._short(found)))
        return found.only(_nearest(found.mentee, mentor[found.mentor] + self._short(found)))

    def _all_beating(self, mentor: Ints, mentee: Ints) -> Candidates:
        """Return pairs as `_beating` does, some of each mentee who has any."""
        found, cut = self._beating(mentor, mentee, _A_LINE, None)
        every = len(self.grid.mentors)
        # Whoever fits everybody would else get so few more in each round, and the rounds would be very many.
        most = min(every, _AT_ONCE // max(1, len(cut))) if len(found) else every
        if len(cut) and most > _A_LINE:
            found = found.and_(self._beating(mentor, mentee, most, cut)[0].without(found))
        return found

    def _beating(self, mentor: Ints, mentee: Ints, most: int, places: Ints | None) -> tuple[Candidates, Ints]:
        """Return pairs that are no candidates and worth more than these prices, and the mentees who may have more."""
        scale = self.search.scale
        one, other, cut = self.search.sweep.beating(mentor - scale.pair, mentee, most, places, scale.score)
        codes = self.grid.codes(one, other)
        known = self._arcs.has(codes) | (codes == self._without)
        found = self.grid.candidates(codes[~known])
        worth = scale.pair + scale.score * found.score + found.kept
        return found.only(worth > mentor[found.mentor] + mentee[found.mentee]), cut

    def _short(self, found: Candidates) -> Ints:
        scale = self.search.scale
        worth = scale.pair + scale.score * found.score + found.kept
        short: Ints = self.mentor_price[found.mentor] + self.mentee_price[found.mentee] - worth
        return short


def _nearest(to: Ints, way: Ints) -> Bools:
    """Return which ways are the shortest to where they lead, one each."""
    order = np.lexsort((way, to))
    found = np.zeros(len(to), np.bool_)
    found[order[np.diff(to[order], prepend=-1) > 0]] = True
    return found
