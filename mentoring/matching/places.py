"""How many places can be filled under some rules, without choosing the pairs: quick enough to ask "what if".

A place is a person in one role. The most places that can be filled are the most mentors who can have a partner and
the most mentees who can, each counted by itself: whatever mentors can be served together, and whatever mentees, can be
served by one set of pairs (Mendelsohn and Dulmage, "Some generalizations of the problem of distinct representatives",
1958; a person with room for several partners stands for as many people with room for one). So no score is asked for,
and two small assignments tell what a whole matching would.

In the literature: Mendelsohn-Dulmage theorem, maximum cardinality bipartite b-matching. Loads numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import Problem, Rules, Side
from mentoring.matching.pairs.board import Board, Table
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.legality import Pairs
from mentoring.matching.search.alike import Skills
from mentoring.matching.search.assignment import Assignment

_SIDES: tuple[Side, Side] = ("mentor", "mentee")


@dataclass(frozen=True, slots=True)
class Filled:
    """A number of filled places, and who has whom in each of the two assignments: a start for fewer rules."""

    number: int
    partners: tuple[Ints, Ints]


class Places:
    """The places of one problem; its people are looked at once, for whatever rules are asked about.

    Pairs that stand fill places, and fixed ones count like others. Which skills count stays as in the problem.
    """

    def __init__(self, problem: Problem) -> None:
        self._related = problem.rules.related_skills
        self._context = Context(replace(problem, rules=replace(problem.rules, guests_allowed=True)))
        self._board = Board(self._context)
        self._pairs = Pairs(self._board)
        self._skills = {side: Skills(*self._board.sides(side)) for side in _SIDES}
        self._kinds = {side: self._pairs.kinds(side, self._skills[side].kinds) for side in _SIDES}

    def there_are(self, rules: Rules) -> int:
        """Return how many places there are: people who can take part, once in each role in which they have room."""
        waiting = sum(int(np.count_nonzero(self._wanting(side, rules))) for side in _SIDES)
        return waiting + sum(len(self._context.standing(side)) for side in _SIDES)

    def filled(self, rules: Rules, since: Filled | None = None) -> Filled:
        """Return the most places that pairs can fill under these rules; `since` are those under stricter ones."""
        rules = replace(rules, related_skills=self._related)
        legal = self._pairs.under(rules, self._context.under(rules))
        served, partners = 0, []
        for index, side in enumerate(_SIDES):
            own, others = self._board.sides(side)
            wanting = self._wanting(side, rules)
            room = np.where(_takes_part(others, rules), others.room, 0)
            begun = since.partners[index] if since else np.full(len(own.people), -1)
            found = Assignment(side, self._skills, self._kinds, legal, room).of(
                np.flatnonzero(wanting), begun
            )
            served += int(np.count_nonzero(found >= 0)) + len(self._context.standing(side))
            partners.append(found)
        return Filled(served, (partners[0], partners[1]))

    def _wanting(self, side: Side, rules: Rules) -> Bools:
        """Return who takes part on this side, has room and no partner."""
        own, _ = self._board.sides(side)
        wanting: Bools = (own.room > 0) & ~own.served & _takes_part(own, rules)
        return wanting


def _takes_part(table: Table, rules: Rules) -> Bools:
    guests = np.fromiter((person.guest for person in table.people), np.bool_, len(table.people))
    return np.full(len(guests), True) if rules.guests_allowed else ~guests
