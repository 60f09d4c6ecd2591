"""Which pairs are legal but for their skills, on arrays of rows: the rules change, what is known of people stays.

The same rules as in `rules`; what people are alike in is compared once for all who are. Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import PairIds, Rules
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

    def under(self, rules: Rules, context: Context) -> Legal:
        """Return the check of pairs under some rules; those of the context say who is apart."""
        return Legal(self, rules, _codes(self, context.ruled_out()))

    def allowed(self, rules: Rules, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs of rows no rule forbids but those that are about two people alone."""
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
        above, below = one.enter[mentor], other.enter[mentee]
        legal &= ~((above <= below) & (below < one.leave[mentor]))
        legal &= ~((below <= above) & (above < other.leave[mentee]))
        legal &= self._oneself[mentor] != mentee
        return legal


@dataclass(frozen=True, slots=True)
class Legal:
    """All rules about pairs of rows: those about people, and which two are `barred`, by codes in order."""

    pairs: Pairs
    rules: Rules
    barred: Ints

    def __call__(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs are legal, but for their skills."""
        legal = self.pairs.allowed(self.rules, mentor, mentee)
        if len(self.barred):
            codes = mentee * np.int64(len(self.pairs.mentors.people)) + mentor
            at = np.minimum(np.searchsorted(self.barred, codes), len(self.barred) - 1)
            legal &= self.barred[at] != codes
        return legal


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
