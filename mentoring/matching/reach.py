"""How many people on the other side each rule leaves for somebody, counted in bits.

The same rules in the same order as `Board.steps`, and the same counts, without listing anybody: a set of people
is one bit each, so that a hundred thousand are counted in microseconds. Loads numpy: import it late.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.candidates import Board
from mentoring.matching.model import Participant, Rule, Side
from mentoring.matching.traits import Bools, Ints, class_filters

Bits = NDArray[np.uint64]

_WORD = 64


class Reach:
    """Counts for people on one side of a board."""

    def __init__(self, board: Board, side: Side) -> None:
        self._board, self._side = board, side
        self._own, self._others = board.sides(side)
        self._everybody = np.arange(len(self._others.people))
        self._room = self._bits(self._others.room > 0)
        self._by_enter: Ints = np.argsort(self._others.enter, kind="stable")
        self._enters = self._others.enter[self._by_enter]
        self._skills: dict[str, Bits] = {}
        self._left: dict[tuple[int, ...], list[tuple[Rule, Bits]]] = {}

    def counts(self, row: int) -> list[tuple[Rule, int]]:
        """Return, rule by rule, how many on the other side are still possible for this person."""
        found = self._bits(np.zeros(len(self._everybody), np.bool_))
        for skill in self._own.needs(row):
            found |= self._of_skill(skill)
        counts = [(Rule.SKILL, _size(found))]
        for rule, left in self._allowed(row):
            left = left & found
            counts.append((rule, _size(left)))
        chain = _among(self._linked(row), left)
        barred = np.array(self._board.barred[self._side].get(row, []), np.int64)
        both = _among(np.concatenate([chain, barred]), left)
        free = _size(left & self._room) - len(_among(both, self._room))
        possible = counts[-1][1]
        return [
            *counts,
            (Rule.CHAIN, possible - len(chain)),
            (Rule.APART, possible - len(both)),
            (Rule.FULL, free),
        ]

    def _of_skill(self, skill: str) -> Bits:
        """Return who can be a pair by a skill."""
        if skill not in self._skills:
            offers = np.zeros(len(self._everybody), np.bool_)
            offers[self._others.having(skill)] = True
            self._skills[skill] = self._bits(offers)
        return self._skills[skill]

    def _allowed(self, row: int) -> list[tuple[Rule, Bits]]:
        """Return who is left by each rule about classes of people, those before it included."""
        own = self._own
        key = (own.level, own.starts, own.length, own.department)
        kind = (*(int(values[row]) for values in key), *own.languages[row].tolist())
        if kind not in self._left:
            allowed: Bools = np.ones(len(self._everybody), np.bool_)
            self._left[kind] = []
            for rule, possible in class_filters(self._board.context.rules):
                allowed = allowed & possible(own, row, self._others, self._everybody)
                self._left[kind].append((rule, self._bits(allowed)))
        return self._left[kind]

    def _linked(self, row: int) -> Ints:
        """Return the rows of those below somebody and of those above, on the other side; some of them twice."""
        span = int(self._own.enter[row]), int(self._own.leave[row])
        below = self._by_enter[slice(*np.searchsorted(self._enters, span))]
        return np.concatenate([below, np.array(self._above(self._own.people[row]), np.int64)])

    def _above(self, person: Participant) -> list[int]:
        people, seen = self._board.context.people, {person.id}
        while person.manager_id in people and person.manager_id not in seen:
            person = people[person.manager_id]
            seen.add(person.id)
        return [self._others.row[person_id] for person_id in seen if person_id in self._others.row]

    def _bits(self, chosen: Bools) -> Bits:
        """Return one bit a person."""
        whole = np.zeros(-(-len(chosen) // _WORD) * _WORD, np.bool_)
        whole[: len(chosen)] = chosen
        return np.packbits(whole, bitorder="little").view("<u8")


def _among(rows: Ints, bits: Bits) -> Ints:
    """Return which of the rows are in a set, each once."""
    inside = bits[rows // _WORD] >> (rows % _WORD).astype(np.uint64) & np.uint64(1)
    return np.unique(rows[inside > 0])


def _size(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())
