"""How many people on the other side each rule leaves for somebody, counted in bits.

The same rules in the same order as `Board.steps`, and the same counts, without listing anybody: a set of people
is an int with one bit each, so that a hundred thousand are counted in microseconds. Loads numpy: import it late.

In the literature: bit sets, inverted index.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import Participant, Rule, Side
from mentoring.matching.pairs.board import Board, Table
from mentoring.matching.pairs.traits import class_filters, unasked

Bits: TypeAlias = int
"""A set of people on one side, in the order of their places in the reporting lines."""

_FEW = 8
"""Whom `Reach.but_for` names at most."""


class Reach:
    """Counts for people on one side of a board."""

    def __init__(self, board: Board, side: Side) -> None:
        self._board, self._side = board, side
        self._own, self._others = board.sides(side)
        self._by_enter = np.argsort(self._others.enter, kind="stable")
        self._enters = self._others.enter[self._by_enter].tolist()
        self._bit = np.argsort(self._by_enter).tolist()
        self._full = self.bits(self._others.room == 0)
        self._columns = _columns(board, self._own)
        alike = _first_alike(_columns(board, self._others))
        self._other_kinds, self._other_kind = np.unique(alike, return_inverse=True)
        self._skills: dict[str, Bits] = {}
        self._kind: dict[int, tuple[int, ...]] = {}
        self._ruled_out: dict[tuple[int, ...], list[tuple[Rule, Bits]]] = {}
        self._biting: dict[tuple[int, ...], tuple[Rule, ...]] = {}

    def counts(self, row: int) -> list[tuple[Rule, int]]:
        """Return, rule by rule, how many on the other side are still possible for this person."""
        left = self._with_a_skill(row)
        count = left.bit_count()
        counts = [(Rule.SKILL, count)]
        for rule, ruled_out in self._rules(row):
            gone = left & ruled_out
            if gone:
                left ^= gone
                count -= gone.bit_count()
            counts.append((rule, count))
        return counts

    def kind(self, row: int) -> tuple[int, ...]:
        """Return what the rules about classes of people ask about this person."""
        if row not in self._kind:
            self._kind[row] = tuple([int(column[row]) for column in self._columns])
        return self._kind[row]

    def biting(self, row: int) -> tuple[Rule, ...]:
        """Return the rules about classes of people by which anybody at all does not fit this person."""
        kind = self.kind(row)
        if kind not in self._biting:
            self._biting[kind] = tuple([rule for rule, ruled_out in self._by_kind(row) if ruled_out])
        return self._biting[kind]

    def but_for(self, rule: Rule, row: int, among: Bits, passed_over: Sequence[Rule] = ()) -> list[int]:
        """Return a few of those who would be possible if it were not for one rule, and for those passed over."""
        left = among & (self._everybody_else(row) if rule is Rule.SKILL else self._with_a_skill(row))
        for other, ruled_out in self._rules(row) if left else ():
            if other is not rule and other not in passed_over:
                left &= ~ruled_out
        return self._first_rows(left)

    def _first_rows(self, left: Bits) -> list[int]:
        rows: list[int] = []
        while left and len(rows) < _FEW:
            lowest = left & -left
            rows.append(int(self._by_enter[lowest.bit_length() - 1]))
            left ^= lowest
        return rows

    def _everybody_else(self, row: int) -> Bits:
        everybody = (1 << len(self._others.people)) - 1
        oneself = self._others.row.get(self._own.people[row].id)
        return everybody if oneself is None else everybody & ~(1 << self._bit[oneself])

    def _with_a_skill(self, row: int) -> Bits:
        """Return who else can be a pair with somebody by a skill."""
        found = 0
        for skill in self._own.needs(row):
            if skill not in self._skills:
                having = np.zeros(len(self._others.people), np.bool_)
                having[self._others.having(skill)] = True
                self._skills[skill] = self.bits(having)
            found |= self._skills[skill]
        oneself = self._others.row.get(self._own.people[row].id)
        return found if oneself is None else found & ~(1 << self._bit[oneself])

    def _rules(self, row: int) -> Iterator[tuple[Rule, Bits]]:
        """Yield whom each rule but that about skills excludes for somebody."""
        yield from self._by_kind(row)
        yield Rule.CHAIN, self._linked(row)
        yield Rule.APART, self._bits_of(self._board.barred[self._side].get(row, ()))
        yield Rule.FULL, self._full

    def _by_kind(self, row: int) -> list[tuple[Rule, Bits]]:
        """Return whom the rules about classes of people exclude, worked out once for people of one kind."""
        kind = self.kind(row)
        if kind not in self._ruled_out:
            self._ruled_out[kind] = []
            for rule, possible in class_filters(self._board.context.rules):
                allowed = possible(self._own, row, self._others, self._other_kinds)
                self._ruled_out[kind].append((rule, self.bits(~allowed[self._other_kind])))
        return self._ruled_out[kind]

    def _linked(self, row: int) -> Bits:
        """Return those below somebody and those above, on the other side."""
        span = int(self._own.enter[row]), int(self._own.leave[row])
        first, end = (bisect_left(self._enters, place) for place in span)
        below = (1 << end) - (1 << first)
        return below | self._bits_of(self._above(self._own.people[row]))

    def _above(self, person: Participant) -> list[int]:
        people, seen = self._board.context.people, {person.id}
        while person.manager_id in people and person.manager_id not in seen:
            person = people[person.manager_id]
            seen.add(person.id)
        return [self._others.row[person_id] for person_id in seen if person_id in self._others.row]

    def _bits_of(self, rows: Sequence[int]) -> Bits:
        """Return the people in a few rows of the other side."""
        found = 0
        for row in rows:
            found |= 1 << self._bit[row]
        return found

    def bits(self, chosen: Bools) -> Bits:
        """Return the people of the other side for whose row something holds."""
        return int.from_bytes(np.packbits(chosen[self._by_enter], bitorder="little").tobytes(), "little")


def _columns(board: Board, table: Table) -> list[Ints]:
    """Return what the rules about classes of people ask about everybody in a table, a column each."""
    return table.columns(without=unasked(board.context.rules))


def _first_alike(columns: Sequence[Ints]) -> Ints:
    """Return, for each row, the first one that is the same in all columns."""
    first: dict[tuple[int, ...], int] = {}
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([first.setdefault(kind, row) for row, kind in enumerate(rows)], np.int64)
