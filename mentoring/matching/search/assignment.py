"""Partners for people of one side, one each, for as many as possible. Loads numpy: import it late.

1. Everybody draws somebody with a skill in common, all at once, as long as that helps (`_draw`).
2. For whoever is left, room is made by moving others, one chain of moves each, from those who want somebody or from
   those who have room, whichever are fewer. Whom a search reached in vain is never looked at again: nobody could be
   helped by them.

In the literature: bipartite matching, augmenting paths, Hungarian trees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from mentoring.matching.arrays import Bools, Ints, concatenated, ranks
from mentoring.matching.model import Side
from mentoring.matching.pairs.board import Table
from mentoring.matching.pairs.legality import Legal

_IN_VAIN = 12
"""After so many draws that helped nobody, those without a partner are looked after one by one."""

_SEED = 20_261_127


class Skills:
    """By which skills the people of one side can be paired, and who of the other side has each of them."""

    def __init__(self, own: Table, others: Table) -> None:
        needs = [own.needs(row) for row in range(len(own.people))]
        numbers: dict[str, int] = {}
        known = [[skill for skill in skills if len(others.having(skill))] for skills in needs]
        listed = [[numbers.setdefault(skill, len(numbers)) for skill in skills] for skills in known]
        self.having = [others.having(skill) for skill in numbers]
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

    def all_of(self, row: int) -> Ints:
        """Return everybody on the other side with a skill in common; some may be there twice."""
        return concatenated(
            [self.having[skill] for skill in self.skills[self.starts[row] : self.starts[row + 1]]]
        )


class Assignment:
    """Partners for people of one side, one each, while the others have as much room as they have."""

    def __init__(self, side: Side, skills: Mapping[Side, Skills], legal: Legal, room: Ints) -> None:
        self._is_mentor, self._legal = side == "mentor", legal
        self._skills = skills[side]
        self._their_skills = skills["mentee" if self._is_mentor else "mentor"]
        self._room = room.copy()
        self._partner = np.zeros(0, np.int64)

    def of(self, rows: Ints, begun: Ints) -> Ints:
        """Return the partner of each person, -1 for none, with as many of those in `rows` served as possible."""
        self._partner = begun.copy()
        self._room -= np.bincount(begun[begun >= 0], minlength=len(self._room))
        self._draw(rows)
        wanting, free = rows[self._partner[rows] < 0], np.flatnonzero(self._room > 0)
        if len(wanting) <= int(self._room[free].sum()):
            self._from_people(wanting.tolist())
        else:
            self._from_room(free.tolist(), wanting)
        return self._partner

    def _allowed(self, own: Ints, others: Ints) -> Bools:
        return self._legal(own, others) if self._is_mentor else self._legal(others, own)

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

    def _from_people(self, wanting: Sequence[int]) -> None:
        """Find a partner for each of some people, if need be by moving others to new ones; nobody loses theirs."""
        holders: list[list[int]] = [[] for _ in self._room]
        for row in np.flatnonzero(self._partner >= 0).tolist():
            holders[self._partner[row]].append(row)
        over = np.zeros(len(self._room), np.bool_)
        for row in wanting:
            came_from: dict[int, int] = {}
            end = self._searched_room(row, over, came_from, holders)
            if end >= 0:
                self._move(end, came_from, holders)
                over[list(came_from)] = False

    def _searched_room(
        self, row: int, over: Bools, came_from: dict[int, int], holders: Sequence[Sequence[int]]
    ) -> int:
        """Return somebody with room at the end of a chain from a person, -1 if there is none; who was reached is over.

        `came_from` gets who reached whom.
        """
        waiting = [row]
        for person in waiting:
            others = self._possible(person, over)
            free = others[self._room[others] > 0]
            if len(free):
                came_from[int(free[0])] = person
                return int(free[0])
            over[others] = True
            for other in others.tolist():
                came_from[other] = person
                waiting += holders[other]
        return -1

    def _possible(self, person: int, over: Bools) -> Ints:
        """Return those with whom a person can be and who are not over."""
        others = self._skills.all_of(person)
        others = others[~over[others]]
        if len(others):
            others = np.unique(others[self._allowed(np.full(len(others), person), others)])
        return others

    def _move(self, other: int, came_from: Mapping[int, int], holders: list[list[int]]) -> None:
        """Let each person of a chain go on to the next partner, from its free end to its beginning."""
        self._room[other] -= 1
        while True:
            person = came_from[other]
            before = int(self._partner[person])
            self._partner[person] = other
            holders[other].append(person)
            if before < 0:
                return
            holders[before].remove(person)
            other = before

    def _from_room(self, free: Sequence[int], wanting: Ints) -> None:
        """Do the same from those who have room to those who want somebody."""
        over = np.ones(len(self._partner), np.bool_)
        over[self._partner >= 0] = over[wanting] = False
        for other in (one for one in free for _ in range(int(self._room[one]))):
            goes_to: dict[int, int] = {}
            left_by: dict[int, int] = {other: -1}
            begin = self._searched_person(other, over, goes_to, left_by)
            if begin >= 0:
                self._room[other] -= 1
                self._follow(begin, goes_to, left_by)
                over[list(goes_to)] = False

    def _searched_person(
        self, other: int, over: Bools, goes_to: dict[int, int], left_by: dict[int, int]
    ) -> int:
        """Return somebody without a partner at the end of a chain from one with room, -1 if there is none.

        `goes_to` gets whom each person would go on to, `left_by` who would leave whom.
        """
        waiting = [other]
        for one in waiting:
            people = self._possible_for(one, over)
            wants = people[self._partner[people] < 0]
            if len(wants):
                goes_to[int(wants[0])] = one
                return int(wants[0])
            over[people] = True
            goes_to |= dict.fromkeys(people.tolist(), one)
            for person, held in zip(people.tolist(), self._partner[people].tolist(), strict=True):
                if held not in left_by:
                    left_by[held] = person
                    waiting.append(held)
        return -1

    def _possible_for(self, other: int, over: Bools) -> Ints:
        people = self._their_skills.all_of(other)
        people = people[~over[people]]
        if len(people):
            people = np.unique(people[self._allowed(people, np.full(len(people), other))])
        return people

    def _follow(self, person: int, goes_to: Mapping[int, int], left_by: Mapping[int, int]) -> None:
        """Let somebody without a partner have one, who lets go of somebody who goes on, to the end of the chain."""
        while person >= 0:
            other = goes_to[person]
            self._partner[person] = other
            person = left_by[other]
