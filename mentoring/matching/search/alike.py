"""Whom the people of one side can be with, asked once for all who are alike, and searches among them.

Loads numpy: import it late.

In the literature: equivalence classes of vertices, layered networks, depth-first search with lookahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from mentoring.matching.arrays import Bools, Ints, concatenated
from mentoring.matching.model import Side
from mentoring.matching.pairs.board import Table
from mentoring.matching.pairs.legality import Legal

ALIKE = 16
"""People of whom so many are of each kind, on average, are looked at kind by kind."""

_AT_HAND = 4_000_000
"""So many rows of those with whom people of a kind can be are kept at the most; others are found anew."""


class Skills:
    """By which skills the people of one side can be paired, and who of the other side has each of them.

    `kinds` has the same number for all who have the same skills.
    """

    def __init__(self, own: Table, others: Table) -> None:
        needs = [own.needs(row) for row in range(len(own.people))]
        numbers: dict[str, int] = {}
        known = [[skill for skill in skills if len(others.having(skill))] for skills in needs]
        listed = [[numbers.setdefault(skill, len(numbers)) for skill in skills] for skills in known]
        kinds: dict[frozenset[int], int] = {}
        alike = [kinds.setdefault(frozenset(skills), len(kinds)) for skills in listed]
        self.kinds = np.array(alike, np.int64)
        self._each: dict[int, Ints] = {}
        self.having: list[Ints] = [others.having(skill) for skill in numbers]
        self.starts = np.concatenate([[0], np.cumsum([len(skills) for skills in listed])]).astype(np.int64)
        self.skills = concatenated([np.array(skills, np.int64) for skills in listed])
        self._others = concatenated(self.having)
        self._first = np.concatenate([[0], np.cumsum([len(rows) for rows in self.having])]).astype(np.int64)

    def drawn(self, draw: np.random.Generator, rows: Ints) -> tuple[Ints, Ints]:
        """Return, for those of some rows who have a skill in common with anybody, one such person at random."""
        many = self.starts[rows + 1] - self.starts[rows]
        rows, many = rows[many > 0], many[many > 0]
        skill = self.skills[self.starts[rows] + draw.integers(0, many)]
        people = self._first[skill + 1] - self._first[skill]
        return rows, self._others[self._first[skill] + draw.integers(0, people)]

    def one_of_each(self, row: int, kinds: Ints) -> Ints:
        """Return somebody of each kind on the other side with a skill in common, by the kinds of all there."""
        skills = self.skills[self.starts[row] : self.starts[row + 1]]
        for skill in set(skills.tolist()) - self._each.keys():
            having = self.having[skill]
            self._each[skill] = having[np.unique(kinds[having], return_index=True)[1]]
        return concatenated([self._each[skill] for skill in skills.tolist()])

    def all_of(self, row: int) -> Ints:
        """Return everybody on the other side with a skill in common, in the order of rows."""
        skills = self.skills[self.starts[row] : self.starts[row + 1]]
        if len(skills) == 1:
            return self.having[int(skills[0])]
        found: Ints = np.unique(concatenated([self.having[skill] for skill in skills]))
        return found


class Possible:
    """Whom the people of one side can be with: what is so for all of a kind is asked once for them.

    `kinds` are the numbers of theirs, and `others` those of the other side, from 0 on without a gap.
    """

    def __init__(self, side: Side, skills: Skills, kinds: Ints, others: Ints, legal: Legal) -> None:
        self._is_mentor, self._skills, self._legal = side == "mentor", skills, legal
        self._kinds: list[int] = kinds.tolist()
        self._others, self._first = others, np.unique(others, return_index=True)[1]
        self._known: dict[int, Ints] = {}
        self._at_hand = 0

    def are_few(self, rows: Ints) -> bool:
        """Return whether these people are of so few kinds that many of them are alike."""
        return len({self._kinds[row] for row in rows.tolist()}) * ALIKE <= len(rows)

    def groups(self, rows: Ints) -> list[tuple[Ints, Ints]]:
        """Return those of each kind among some people, with everybody who is possible for it; the fewest first."""
        kinds = np.array([self._kinds[row] for row in rows.tolist()], np.int64)
        own = [rows[kinds == kind] for kind in np.unique(kinds)]
        found = [(some, self.of_kind(int(some[0]))) for some in own]
        return sorted(found, key=lambda one: len(one[1]))

    def kind(self, person: int) -> int:
        """Return the number of a person's kind."""
        return self._kinds[person]

    def of_kind(self, person: int) -> Ints:
        """Return those with whom people of a person's kind can be, but for rules about two alone."""
        kind = self._kinds[person]
        found = self._known.get(kind)
        if found is None:
            if len(self._first) * ALIKE <= len(self._others):
                can = np.zeros(len(self._first), np.bool_)
                can[self._others[self._allowed(person, self._skills.one_of_each(person, self._others))]] = (
                    True
                )
                found = np.flatnonzero(can[self._others])
            else:
                found = self._allowed(person, self._skills.all_of(person))
            self._at_hand += len(found)
            if self._at_hand <= _AT_HAND:
                self._known[kind] = found
        return found

    def _allowed(self, person: int, others: Ints) -> Ints:
        """Return those of some others whom no rule forbids that asks only what people are alike in."""
        own = np.full(len(others), person)
        return others[self._legal.for_kinds(*((own, others) if self._is_mentor else (others, own)))]

    def new(self, people: Iterable[int], known: Bools) -> Ints:
        """Return with whom any of some people can be who are not known yet, and are from now on."""
        found = []
        left: dict[int, Ints] = {}
        for person in people:
            kind = self._kinds[person]
            some = left.get(kind)
            if some is None:
                some = self.of_kind(person)
                some = some[~known[some]]
            if len(some):
                some = some[~known[some]]
                own = np.full(len(some), person)
                can = self._legal.for_two(*((own, some) if self._is_mentor else (some, own)))
                found.append(some[can])
                known[some[can]] = True
                some = some[~can]
            left[kind] = some
        return concatenated(found)

    def can_be(self, person: int, other: int) -> bool:
        """Return whether no rule about two alone forbids a pair."""
        return self._legal.two(person, other) if self._is_mentor else self._legal.two(other, person)


class Tries:
    """One search, in which everybody who is no end of it is tried once, by whoever comes to them first.

    With `levels`, somebody is tried only by people who stand right before their level.
    """

    def __init__(self, possible: Possible, is_end: Bools, levels: Ints | None = None) -> None:
        self._possible, self._is_end = possible, is_end
        self._levels = np.zeros(len(is_end), np.int64) if levels is None else levels
        self._left: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
        self.over = bytearray(len(is_end))

    def end(self, person: int, is_end: Callable[[int], bool], level: int = 0) -> int:
        """Return somebody at whom a way can end and with whom a person can be, -1 if there is nobody."""
        ends, _ = self._of(person, level)
        apart, found = [], -1
        while ends and found < 0:
            other = ends[-1]
            if not is_end(other):
                ends.pop()  # and will be none any more
            elif self._possible.can_be(person, other):
                found = other
            else:
                apart.append(ends.pop())
        ends += apart
        return found

    def step(self, person: int, level: int = 0) -> int:
        """Return somebody with whom a person can be and whom nobody has tried, -1 if there is nobody; they are over."""
        _, others = self._of(person, level)
        apart, found = [], -1
        while others and found < 0:
            other = others.pop()
            if self.over[other]:
                continue
            if self._possible.can_be(person, other):
                found, self.over[other] = other, True
            else:
                apart.append(other)
        others += apart
        return found

    def _of(self, person: int, level: int) -> tuple[list[int], list[int]]:
        key = self._possible.kind(person), level
        left = self._left.get(key)
        if left is None:
            known = self._possible.of_kind(person)
            known = known[self._levels[known] == level]
            ends = self._is_end[known]
            left = self._left[key] = known[ends].tolist(), known[~ends].tolist()
        return left
