"""Which pairs are legal but for their skills, on arrays of rows: the rules change, what is known of people stays.

The same rules as in `rules`; what people are alike in is compared once for all who are. Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints, among
from mentoring.matching.model import PairIds, Rules, Side
from mentoring.matching.pairs.board import Board, Table
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.traits import share_language, shared_minutes_with


class Pairs:
    """What the rules ask about pairs of rows, once for people who are alike in it."""

    def __init__(self, board: Board) -> None:
        self.mentors, self.mentees = board.mentors, board.mentees
        both = list(
            zip(*(_kinds(table, _hours(table)) for table in (self.mentors, self.mentees)), strict=True)
        )
        self._hours_of, (mentor_hours, mentee_hours) = both
        self._minutes = np.array(
            [
                shared_minutes_with(self.mentors, int(row), self.mentees, mentee_hours).astype(np.int16)
                for row in mentor_hours
            ],
            np.int16,
        ).reshape(len(mentor_hours), len(mentee_hours))
        spoken = list(
            zip(*(_kinds(table, table.languages) for table in (self.mentors, self.mentees)), strict=True)
        )
        self._languages_of, (mentor_spoken, mentee_spoken) = spoken
        self._common = np.array(
            [share_language(self.mentors, int(row), self.mentees, mentee_spoken) for row in mentor_spoken],
            np.bool_,
        ).reshape(len(mentor_spoken), len(mentee_spoken))
        oneself = [self.mentees.row.get(person.id, -1) for person in self.mentors.people]
        self._oneself = np.array(oneself, np.int64)
        self.own = oneself
        tables = (self.mentors, self.mentees)
        self.spans = [list(zip(one.enter.tolist(), one.leave.tolist(), strict=True)) for one in tables]

    def under(self, rules: Rules, context: Context) -> Legal:
        """Return the check of pairs under some rules; those of the context say who is apart."""
        barred = _codes(self, context.ruled_out())
        return Legal(self, rules, barred, frozenset(barred.tolist()))

    def allowed(self, rules: Rules, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs of rows no rule forbids that asks only what others are alike in too."""
        one, other = self.mentors, self.mentees
        legal: Bools = other.lowest[mentee] - one.highest[mentor] >= rules.min_gap
        if rules.max_gap is not None:
            legal &= other.highest[mentee] - one.lowest[mentor] <= rules.max_gap
        legal &= (
            self._minutes[self._hours_of[0][mentor], self._hours_of[1][mentee]] >= rules.min_overlap_minutes
        )
        legal &= self._common[self._languages_of[0][mentor], self._languages_of[1][mentee]]
        if rules.other_department_only:
            legal &= (one.department[mentor] >= 0) & (other.department[mentee] >= 0)
            for own in (one.department[mentor], one.also_department[mentor]):
                legal &= (other.department[mentee] != own) & (other.also_department[mentee] != own)
        return legal

    def apart(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs of rows are one person, or two of whom one reports to the other."""
        one, other = self.mentors, self.mentees
        above, below = one.enter[mentor], other.enter[mentee]
        found: Bools = (above <= below) & (below < one.leave[mentor])
        found |= (below <= above) & (above < other.leave[mentee])
        found |= self._oneself[mentor] == mentee
        return found

    def kinds(self, side: Side, needs: Ints) -> Ints:
        """Return a number for each person of a side, the same for those whom no rule of `allowed` tells apart.

        Nor do their skills, if the numbers in `needs` stand for these.
        """
        own, at = (self.mentors, 0) if side == "mentor" else (self.mentees, 1)
        columns = (own.lowest, own.highest, own.department, own.also_department)
        keys = np.stack([needs, self._hours_of[at], self._languages_of[at], *columns])
        order = np.lexsort(keys)
        found = np.zeros(len(needs), np.int64)
        found[order[1:]] = np.cumsum(np.any(np.diff(keys[:, order], axis=1) != 0, axis=0))
        return found


@dataclass(frozen=True, slots=True)
class Legal:
    """All rules about pairs of rows: those about people, and which two are `barred`, by codes in order."""

    pairs: Pairs
    rules: Rules
    barred: Ints
    apart: frozenset[int]

    def two(self, mentor: int, mentee: int) -> bool:
        """Return whether no rule forbids a pair that is about these two alone; the same as `for_two`, for one pair."""
        above, below = self.pairs.spans[0][mentor], self.pairs.spans[1][mentee]
        linked = above[0] <= below[0] < above[1] or below[0] <= above[0] < below[1]
        return (
            not linked
            and self.pairs.own[mentor] != mentee
            and mentee * len(self.pairs.own) + mentor not in self.apart
        )

    def __call__(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs are legal, but for their skills."""
        legal = self.for_kinds(mentor, mentee)
        legal &= self.for_two(mentor, mentee)
        return legal

    def for_kinds(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs no rule forbids that holds for all who are alike."""
        return self.pairs.allowed(self.rules, mentor, mentee)

    def for_two(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs no rule forbids that is about these two alone."""
        codes = mentee * np.int64(len(self.pairs.mentors.people)) + mentor
        return ~(self.pairs.apart(mentor, mentee) | among(codes, self.barred))


def _codes(pairs: Pairs, ruled_out: Iterable[PairIds]) -> Ints:
    """Return the codes of all two people who may not be a pair, in order; in either direction."""
    mentors, mentees, size = pairs.mentors.row, pairs.mentees.row, len(pairs.mentors.people)
    found = {
        mentees[other] * size + mentors[one]
        for two in ruled_out
        for one, other in (two, two[::-1])
        if one in mentors and other in mentees
    }
    return np.array(sorted(found), np.int64)


def _hours(table: Table) -> Ints:
    return np.stack([table.starts, table.length], axis=1)


def _kinds(table: Table, columns: NDArray[np.int64] | NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Return the kind of each row, and the first row of each kind."""
    if not len(table.people):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, first, kind = np.unique(columns, axis=0, return_index=True, return_inverse=True)
    return kind.reshape(-1), first
