"""People in classes: whoever is alike in all but skills stands together, so that rules are asked once a class.

A person's place is their position in this order; mentors' places and mentees' places both count from 0, and
only people with room have one. Loads numpy: import it late.

In the literature: equivalence classes, similar persons and similar objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from mentoring.matching.arrays import Bools, Ints, among, concatenated, ranks
from mentoring.matching.candidates import Candidates, Roster
from mentoring.matching.model import PairIds, Side
from mentoring.matching.pairs.board import Board, Table
from mentoring.matching.pairs.layout import NEVER, Classes, Layout, Wishes
from mentoring.matching.pairs.traits import Traits


class Lineup:
    """One side in the order of classes: `rows` of the table, the class of each, and one row of each class."""

    def __init__(self, table: Table) -> None:
        rows = np.flatnonzero(table.room > 0)
        keys = np.array([column[rows] for column in table.columns()])
        order = np.lexsort((rows, *keys))
        self.table = table
        self.rows: Ints = rows[order]
        changed = np.any(np.diff(keys[:, order], axis=1) != 0, axis=0)
        self.starts: Ints = np.concatenate([[0], np.flatnonzero(changed) + 1]) if len(rows) else rows
        self.classes: Ints = np.zeros(len(rows), np.int64)
        self.classes[1:] = np.cumsum(changed) if len(rows) else 0
        self.place: Ints = np.full(len(table.people), -1)
        self.place[self.rows] = np.arange(len(rows))
        self.roster = Roster(table.room[self.rows], table.served[self.rows], table.waiting[self.rows])

    @property
    def ids(self) -> list[str]:
        """The ids of the people, by place."""
        return [self.table.people[row].id for row in self.rows.tolist()]

    def kinds(self) -> Traits:
        """Return the traits of each class."""
        return self.table.of(self.rows[self.starts])

    def places(self, ids: Sequence[str]) -> Ints:
        """Return the places of people, -1 for whoever has none."""
        rows = np.fromiter((self.table.row.get(person_id, -1) for person_id in ids), np.int64, len(ids))
        return np.where(rows >= 0, np.append(self.place, -1)[rows], -1)

    def __len__(self) -> int:
        return len(self.rows)

    def counts(self, skills: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        """Return for each of the skills and person who offers or wants it: place, number of the skill, how much.

        They are in the order of place and of how much, the most first, and then of the skills.
        """
        having = [self.table.skills[skill] for skill in skills]
        place = self.place[concatenated([rows for rows, _ in having])]
        count = concatenated([counts for _, counts in having])
        number = np.repeat(np.arange(len(having)), [len(rows) for rows, _ in having])
        order = np.lexsort((-count, place))
        order = order[place[order] >= 0]
        return place[order], number[order], count[order]


class Grid:
    """All pairs of people with room, without listing them."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.mentors, self.mentees = Lineup(board.mentors), Lineup(board.mentees)
        both = sorted(board.mentors.skills.keys() & board.mentees.skills.keys())
        self.layout = Layout(
            rules=board.context.rules,
            weights=board.context.problem.weights,
            mentors=Classes(self.mentors.classes, self.mentors.kinds()),
            mentees=Classes(self.mentees.classes, self.mentees.kinds()),
            offers=self.mentors.counts(both),
            wishes=self._wishes(both),
            skills=len(both),
            enough=board.mentors.enough,
        )
        self._barred = self._barred_codes()
        self.keep = self.codes_of(board.context.problem.keep)
        self.rosters = self.mentors.roster, self.mentees.roster

    def candidates(self, codes: Ints) -> Candidates:
        """Return the legal ones among the pairs with these codes, which are in order."""
        mentee, mentor = np.divmod(codes, max(1, len(self.mentors)))
        score = self.scores(mentor, mentee)
        legal = score >= 0
        codes = codes[legal]
        return Candidates(codes, mentor[legal], mentee[legal], score[legal], among(codes, self.keep))

    def scores(self, mentor: Ints, mentee: Ints) -> Ints:
        """Return the scores of pairs, by their places; a pair that breaks a rule has a negative one."""
        scores = self.layout.scores(mentor, mentee)
        scores[self.excluded(mentor, mentee)] = NEVER
        return scores

    def scores_of(self, codes: Ints) -> Ints:
        """Return the scores of pairs, by their codes; a pair that breaks a rule has a negative one."""
        mentee, mentor = np.divmod(codes, max(1, len(self.mentors)))
        return self.scores(mentor, mentee)

    def excluded(self, mentor: Ints, mentee: Ints) -> Bools:
        """Return which pairs, by their places, are ruled out by a rule about these two people alone."""
        mentors, mentees = self.mentors.table, self.mentees.table
        one, other = self.mentors.rows[mentor], self.mentees.rows[mentee]
        below = (mentors.enter[one] <= mentees.enter[other]) & (mentees.enter[other] < mentors.leave[one])
        above = (mentees.enter[other] <= mentors.enter[one]) & (mentors.enter[one] < mentees.leave[other])
        found: Bools = below | above | among(self.codes(mentor, mentee), self._barred)
        return found

    def codes(self, mentor: Ints, mentee: Ints) -> Ints:
        """Return one number for each pair of places, in the order of mentee and mentor."""
        return mentee * np.int64(len(self.mentors)) + mentor

    def codes_of(self, pairs: Iterable[PairIds]) -> Ints:
        """Return the codes of those pairs whose people both have a place, in order."""
        listed = sorted(pairs)
        mentor = self.mentors.places([mentor_id for mentor_id, _ in listed])
        mentee = self.mentees.places([mentee_id for _, mentee_id in listed])
        placed = (mentor >= 0) & (mentee >= 0)
        return np.sort(self.codes(mentor[placed], mentee[placed]))

    def codes_with(self, side: Side, place: int) -> Ints:
        """Return the codes of all legal pairs of the person at a place of one side."""
        lineup, others = (self.mentors, self.mentees) if side == "mentor" else (self.mentees, self.mentors)
        *_, (_, rows) = self.board.steps(side, int(lineup.rows[place]))
        partners, own = others.place[rows], np.full(len(rows), place)
        return self.codes(own, partners) if side == "mentor" else self.codes(partners, own)

    def _wishes(self, known: Sequence[str]) -> Wishes:
        place, skill, count = self.mentees.counts(known)
        column = ranks(place)
        width = int(column.max(initial=0)) + 1
        skills = np.full((len(self.mentees), width), len(known))
        counts = np.zeros((len(self.mentees), width), np.int64)
        skills[place, column], counts[place, column] = skill, count
        every = self.mentees.table.counts
        total = np.fromiter([sum(wishes.values()) for wishes in every], np.int64, len(every))
        return Wishes(skills, counts, total[self.mentees.rows])

    def _barred_codes(self) -> Ints:
        barred = [(mentor, mentee) for mentor, rows in self.board.barred["mentor"].items() for mentee in rows]
        mentor, mentee = np.array(barred, np.int64).reshape(-1, 2).T
        mentor, mentee = self.mentors.place[mentor], self.mentees.place[mentee]
        placed = (mentor >= 0) & (mentee >= 0)
        return np.unique(self.codes(mentor[placed], mentee[placed]))
