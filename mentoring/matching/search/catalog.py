"""People in lists by their skills: a list for each skill, for each two and for each three skills of one person.

Whoever has certain skills and is worth most is at the top of the list of these skills, so that nobody else has to be
looked at. Loads numpy: import it late.

In the literature: inverted index, posting lists, conjunctive keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, entries, ranks
from mentoring.matching.pairs.layout import Layout
from mentoring.matching.pairs.teaching import FULL_STRENGTH, LEAST_EXACT

_TOGETHER = 3
"""How many skills a list has at the most."""

_MAJOR = 5
"""How many skills of a person are listed together: a mentor's strongest that are exact, a mentee's first wishes.

The others, the minor ones, have lists of their own alone.
"""


@dataclass(frozen=True, slots=True)
class Asks:
    """The lists that some people look into, a row a person and list, in the order of lists.

    `sure` are the points that the list's skills score. `most` are those that all skills can score of those who stand
    there, but for whoever stands in another of the person's lists that says more.
    """

    person: Ints
    list: Ints
    sure: Ints
    most: Ints

    def __len__(self) -> int:
        return len(self.list)

    def of(self, people: Bools) -> Asks:
        """Return those of some people."""
        return self._only(people[self.person])

    def in_order(self) -> Asks:
        """Return the same in the order of lists, so that what is next to each other is looked up together."""
        return self._only(np.argsort(self.list, kind="stable"))

    def _only(self, rows: Ints | Bools) -> Asks:
        return Asks(self.person[rows], self.list[rows], self.sure[rows], self.most[rows])


class Catalog:
    """Lists of the people of one side: `place` stands in `list`, and all in one list are alike in some `traits`.

    A list is named by three numbers of skills in a column, `skills` standing for none.
    """

    def __init__(self, skills: int, names: Ints, place: Ints, traits: Ints) -> None:
        self._skills = skills
        self.place = place
        keys = np.stack([self._code(names), *traits])
        order = np.lexsort(keys[::-1])
        new = np.any(np.diff(keys[:, order], axis=1, prepend=-1) != 0, axis=0)
        self.list: Ints = np.empty(len(order), np.int64)
        self.list[order] = np.cumsum(new) - 1
        codes, *self.traits = keys[:, order[new]]
        self._codes, starts = np.unique(codes, return_index=True)
        self._starts: Ints = np.append(starts, len(codes))

    def __len__(self) -> int:
        return int(self._starts[-1])

    def find(self, names: Ints) -> tuple[Ints, Ints]:
        """Return the lists of some names, and which name each list has."""
        code = self._code(names)
        at = np.searchsorted(self._codes, code)
        there = np.flatnonzero(np.append(self._codes, -1)[at] == code)
        lists, many = entries(self._starts, at[there])
        return np.repeat(there, many), lists

    def _code(self, names: Ints) -> Ints:
        first, second, third = np.sort(names, axis=0)
        step = self._skills + 1
        code: Ints = (first * step + second) * step + third
        return code


class MentorCatalog(Catalog):
    """Mentors by what they offer: in a list, the strongest skill is alike, and the strongest minor one."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        place, skill, strength = layout.offers
        major = (ranks(place) < _MAJOR) & (strength >= LEAST_EXACT)
        minor = np.zeros(len(layout.mentors.of), np.int64)
        np.maximum.at(minor, place[~major], strength[~major])
        rows = _rows(place, major, strength >= layout.enough)
        names, strengths = np.append(skill, layout.skills)[rows], np.append(strength, 0)[rows]
        traits = np.stack([strengths.max(axis=0), minor[place[rows[0]]]])
        super().__init__(layout.skills, names, place[rows[0]], traits)

    def asks(self, places: Ints) -> Asks:
        """Return what the mentees at some places look into."""
        found = [self._asked(places, columns) for columns in self._columns()]
        return Asks(*map(np.concatenate, zip(*found, strict=True))).in_order()

    def _columns(self) -> Iterator[tuple[int, ...]]:
        """Yield which wishes, counted from 0, are looked up together."""
        width = self._layout.wishes.skill.shape[1]
        yield from combinations(range(width), 1)
        for size in range(2, _TOGETHER + 1):
            yield from combinations(range(min(width, _MAJOR)), size)

    def _asked(self, places: Ints, columns: tuple[int, ...]) -> tuple[Ints, Ints, Ints, Ints]:
        skill, count = self._layout.wishes.skill[places], self._layout.wishes.count[places]
        names = np.full((_TOGETHER, len(places)), self._layout.skills)
        names[: len(columns)] = skill[:, columns].T
        own = count[:, columns].sum(axis=1)
        weak = count[:, _weak(columns, count.shape[1])].sum(axis=1)
        row, lists = self.find(names)
        strength, minor = self.traits
        total = FULL_STRENGTH * self._layout.wishes.total[places[row]]
        covered = own[row] * strength[lists]
        others = weak[row] * minor[lists] + (count.sum(axis=1) - own - weak)[row] * FULL_STRENGTH
        most = self._layout.most
        return places[row], lists, most * covered // total, most * (covered + others) // total


def _weak(columns: tuple[int, ...], width: int) -> list[int]:
    """Return the wishes for which a mentor in the list of some has minor skills only, or is in a list with more.

    Whoever has major skills for more wishes than a list has is in that of the first of them.
    """
    before = range(columns[-1] if len(columns) == _TOGETHER else min(_MAJOR, width))
    return [column for column in before if column not in columns]


class MenteeCatalog(Catalog):
    """Mentees by what they want: in a list, what is wanted counts as much for all."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        wishes = layout.wishes
        place, column = np.nonzero(wishes.count)
        skill, count = wishes.skill[place, column], wishes.count[place, column]
        rows = _rows(place, column < _MAJOR, np.ones(len(place), np.bool_))
        points = layout.most * np.append(count, 0)[rows].sum(axis=0) // wishes.total[place[rows[0]]]
        super().__init__(
            layout.skills, np.append(skill, layout.skills)[rows], place[rows[0]], points[np.newaxis]
        )

    def asks(self, places: Ints) -> Asks:
        """Return what the mentors at some places look into, for one who is as strong in all as in the first."""
        place, skill, strength = (
            column[np.isin(self._layout.offers[0], places)] for column in self._layout.offers
        )
        rows = _rows(place, ranks(place) < _MAJOR, np.ones(len(place), np.bool_))
        row, lists = self.find(np.append(skill, self._layout.skills)[rows])
        sure = self.traits[0][lists] * strength[rows[0]][row] // FULL_STRENGTH
        return Asks(place[rows[0]][row], lists, sure, sure).in_order()


def _rows(person: Ints, together: Bools, alone: Bools) -> Ints:
    """Return each row alone, each two and each three rows of one person together, in columns filled up with -1.

    `person` is in order; the rows that are listed together are next to each other.
    """
    found = [np.pad([np.flatnonzero(alone)], ((0, _TOGETHER - 1), (0, 0)), constant_values=-1)]
    for size in range(2, _TOGETHER + 1):
        for steps in combinations(range(1, _MAJOR), size - 1):
            first = np.flatnonzero(together[: max(0, len(person) - steps[-1])])
            last = first + steps[-1]
            first = first[together[last] & (person[last] == person[first])]
            rows = np.full((_TOGETHER, len(first)), -1)
            rows[:size] = first + np.array([0, *steps])[:, np.newaxis]
            found.append(rows)
    return np.concatenate(found, axis=1)
