"""Partners for people of one side, one each, for as many as possible. Loads numpy: import it late.

1. Everybody draws somebody with a skill in common, all at once, as long as that helps (`_draw`).
2. For whoever is left, room is made by moving others, one chain of moves each, from those who want somebody or from
   those who have room, whichever are fewer: for many at once, until nobody can be helped any more.
3. People whom no rule tells apart, but for those about two alone, are one kind (`Possible`).

In the literature: bipartite matching, shortest augmenting paths by phases (Hopcroft and Karp).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from mentoring.matching.arrays import Bools, Ints, ranks
from mentoring.matching.model import Side
from mentoring.matching.pairs.legality import Legal
from mentoring.matching.search.alike import Possible, Skills, Tries

_IN_VAIN = 12
"""After so many draws that helped nobody, those without a partner are looked after one by one."""

_SEED = 20_261_127

_DEALS = 3
"""So often that is tried for a kind: a few of any two who come together may not be."""


class _Holders:
    """Who has whom, as it was at one time, by the partner."""

    def __init__(self, partner: Ints, others: int) -> None:
        order = np.argsort(partner, kind="stable")
        self._people: list[int] = order.tolist()
        self._starts: list[int] = np.searchsorted(partner[order], np.arange(others + 1)).tolist()

    def of(self, other: int) -> list[int]:
        """Return those who have somebody, in the order of rows."""
        return self._people[self._starts[other] : self._starts[other + 1]]


class Assignment:
    """Partners for people of one side, one each, while the others have as much room as they have."""

    def __init__(
        self, side: Side, skills: Mapping[Side, Skills], kinds: Mapping[Side, Ints], legal: Legal, room: Ints
    ) -> None:
        other: Side = "mentee" if side == "mentor" else "mentor"
        self._is_mentor, self._legal, self._skills = side == "mentor", legal, skills[side]
        self._possible, self._theirs_possible = (
            Possible(one, skills[one], kinds[one], kinds[another], legal)
            for one, another in ((side, other), (other, side))
        )
        self._room = room.copy()
        self._partner = np.zeros(0, np.int64)

    def of(self, rows: Ints, begun: Ints) -> Ints:
        """Return the partner of each person, -1 for none, with as many of those in `rows` served as possible."""
        self._partner = begun.copy()
        self._room -= np.bincount(begun[begun >= 0], minlength=len(self._room))
        if self._possible.are_few(rows):
            self._deal(rows)
        self._draw(rows)
        wanting, free = rows[self._partner[rows] < 0], np.flatnonzero(self._room > 0)
        if len(wanting) <= int(self._room[free].sum()):
            self._from_people(wanting.tolist())
        else:
            self._from_room(free.tolist(), wanting)
        return self._partner

    def _allowed(self, own: Ints, others: Ints) -> Bools:
        return self._legal(own, others) if self._is_mentor else self._legal(others, own)

    def _deal(self, rows: Ints) -> None:
        """Give partners to people of one kind after the other, and let those with whom fewest can be come first.

        Where everybody could be with many, chance would soon have taken those whom others need.
        """
        last = np.zeros(len(self._room), np.int64)
        free = np.flatnonzero(self._room > 0)
        if self._theirs_possible.are_few(free):
            for some, possible in self._theirs_possible.groups(free):
                last[some] = len(possible)
        for own, possible in self._possible.groups(rows[self._partner[rows] < 0]):
            possible = possible[np.argsort(last[possible], kind="stable")]
            for shift in range(_DEALS):
                own = own[self._partner[own] < 0]
                places = np.repeat(possible, self._room[possible])
                dealt = min(len(own), len(places))
                others = np.roll(places[:dealt], shift)
                allowed = self._allowed(own[:dealt], others)
                self._partner[own[:dealt][allowed]] = others[allowed]
                self._room -= np.bincount(others[allowed], minlength=len(self._room))

    def _draw(self, rows: Ints) -> None:
        """Give people partners as chance has it; whoever draws somebody's partner takes their place."""
        draw, fewest, in_vain = np.random.default_rng(_SEED), len(rows) + 1, 0
        while in_vain < _IN_VAIN and self._room.any():
            wanting = rows[self._partner[rows] < 0]
            in_vain = in_vain + 1 if len(wanting) >= fewest else 0
            fewest = min(fewest, len(wanting))
            own, others = self._skills.drawn(draw, wanting)
            allowed = self._allowed(own, others)
            own, others = own[allowed], others[allowed]
            order = np.argsort(others, kind="stable")
            own, others = own[order], others[order]
            rank = ranks(others)
            fits = rank < self._room[others]
            takes = ~fits & (rank == 0)
            self._partner[own[fits]] = others[fits]
            self._room -= np.bincount(others[fits], minlength=len(self._room))
            self._take(own[takes], others[takes])

    def _take(self, own: Ints, others: Ints) -> None:
        """Let people have somebody who is taken, one each; whoever was there before has nobody then."""
        holder = np.full(len(self._room), -1)
        served = np.flatnonzero(self._partner >= 0)
        holder[self._partner[served]] = served
        there = holder[others] >= 0
        self._partner[holder[others[there]]] = -1
        self._partner[own[there]] = others[there]

    def _from_people(self, wanting: list[int]) -> None:
        """Find partners for people who want one, if need be by moving others to new ones; nobody loses theirs."""
        while wanting and self._moved_people(wanting):
            wanting = [row for row in wanting if self._partner[row] < 0]

    def _moved_people(self, wanting: Sequence[int]) -> bool:
        """Look for chains of as few moves as there are from people to room; no two chains have anybody in common.

        Tells whether there is any.
        """
        holders = _Holders(self._partner, len(self._room))
        levels = self._levels(wanting, holders)
        if levels is None:
            return False
        tries, level = Tries(self._possible, self._room > 0, levels), levels.tolist()
        room, partner = self._room.tolist(), self._partner.tolist()
        came_from: dict[int, int] = {}
        for row in wanting:
            waiting = [row]
            while waiting:
                person = waiting[-1]
                at = level[partner[person]] + 1 if partner[person] >= 0 else 0
                end = tries.end(person, lambda other: room[other] > 0, at)
                if end >= 0:
                    came_from[end] = person
                    room[end] -= 1
                    _move(end, partner, came_from)
                    break
                other = tries.step(person, at)
                if other < 0:
                    waiting.pop()
                else:
                    came_from[other] = person
                    waiting += holders.of(other)
        self._room, self._partner = np.array(room, np.int64), np.array(partner, np.int64)
        return True

    def _levels(self, wanting: Sequence[int], holders: _Holders) -> Ints | None:
        """Return how many moves away everybody is from those who want a partner, up to the nearest with room.

        -1 for whoever is farther; None where nobody with room can be reached.
        """
        known = np.zeros(len(self._room), np.bool_)
        levels, level = np.full(len(self._room), -1), 0
        people: Iterable[int] = wanting
        while len(reached := self._possible.new(people, known)):
            levels[reached] = level
            if np.any(self._room[reached] > 0):
                return levels
            level += 1
            people = [person for other in reached.tolist() for person in holders.of(other)]
        return None

    def _from_room(self, free: list[int], wanting: Ints) -> None:
        """Do the same from those who have room to those who want somebody."""
        while free and self._moved_to_room(free, wanting):
            free = [other for other in free if self._room[other] > 0]

    def _moved_to_room(self, free: Sequence[int], wanting: Ints) -> bool:
        """Look for a chain of moves to each of those with room from somebody who wants a partner, as from people.

        Tells whether there is any.
        """
        wants = np.zeros(len(self._partner), np.bool_)
        wants[wanting[self._partner[wanting] < 0]] = True
        tries, partner = Tries(self._theirs_possible, wants), self._partner.tolist()
        tries.over[:] = ((self._partner < 0) & ~wants).tobytes()
        goes_to: dict[int, int] = {}
        left_by: dict[int, int] = {}
        moved = False
        for root in free:
            if root in left_by:
                continue  # what they could bring was looked at from another one
            left_by[root] = -1
            waiting = [root]
            while waiting:
                one = waiting[-1]
                begin = tries.end(one, lambda person: partner[person] < 0)
                if begin >= 0:
                    goes_to[begin] = one
                    self._room[root] -= 1
                    _follow(begin, partner, goes_to, left_by)
                    moved = True
                    break
                person = tries.step(one)
                if person < 0:
                    waiting.pop()
                else:
                    goes_to[person], held = one, partner[person]
                    if held not in left_by:
                        left_by[held] = person
                        waiting.append(held)
        self._partner = np.array(partner, np.int64)
        return moved


def _move(other: int, partner: list[int], came_from: Mapping[int, int]) -> None:
    """Let each person of a chain go on to the next partner, from its free end to its beginning."""
    while other >= 0:
        person = came_from[other]
        partner[person], other = other, partner[person]


def _follow(person: int, partner: list[int], goes_to: Mapping[int, int], left_by: Mapping[int, int]) -> None:
    """Let somebody without a partner have one, who lets go of somebody who goes on, to the end of the chain."""
    while person >= 0:
        partner[person] = goes_to[person]
        person = left_by[partner[person]]
