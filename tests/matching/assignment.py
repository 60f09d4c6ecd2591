"""Another way to find the best set of pairs of a few hundred people: as an assignment of places to mentees.

Every mentor has as many places as room, the first of which is worth being served. It needs mentees with room for
one mentor at most, and leaves out the pairs that the leads have seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mentoring.matching import BEST, Problem, legal_pairs

pytest.importorskip("ortools", reason="OR-Tools has no wheels for this Python")

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

Best = tuple[int, int, int, int]
"""People served, waiting cycles, pairs and score."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One of a mentor's places; `served` and `waiting` are what filling it brings beside the pair."""

    mentor_id: str
    served: int
    waiting: int


def best_by_assignment(problem: Problem) -> Best:
    """Return what the best set of pairs comes to, in the order of the objective."""
    people = {person.id: person for person in problem.people}
    assert all(person.mentee_capacity <= 1 for person in problem.people)
    assert not problem.taken
    scores = {(mentor, mentee): score for mentor, mentee, score in legal_pairs(problem)}
    mentors, mentees = sorted({pair[0] for pair in scores}), sorted({pair[1] for pair in scores})
    places = [
        _Place(mentor, served=not number, waiting=0 if number else people[mentor].waiting_cycles)
        for mentor in mentors
        for number in range(people[mentor].mentor_capacity)
    ]
    gains = {
        (row, column): (
            place.served + 1,
            place.waiting + people[mentee].waiting_cycles,
            1,
            scores[place.mentor_id, mentee],
        )
        for row, place in enumerate(places)
        for column, mentee in enumerate(mentees)
        if (place.mentor_id, mentee) in scores
    }
    chosen = _most(gains, len(places), len(mentees))
    served, waiting, pairs, score = (sum(gains[pair][tier] for pair in chosen) for tier in range(4))
    return served, waiting, pairs, score


def _most(gains: dict[tuple[int, int], Best], places: int, mentees: int) -> list[tuple[int, int]]:
    """Return the places and mentees that go together for the highest gain, some of both staying alone.

    Everybody has a double on the other side to be alone with; the doubles of two that go together go together.
    """
    waiting = 1 + sum(sorted((gain[1] for gain in gains.values()), reverse=True)[: min(places, mentees)])
    most = min(places, mentees) + 1
    pair = most * BEST
    solver = SimpleLinearSumAssignment()
    for (row, column), gain in gains.items():
        worth = ((gain[0] * waiting + gain[1]) * most + gain[2]) * pair + gain[3]
        solver.add_arc_with_cost(row, column, -worth)
        solver.add_arc_with_cost(places + column, mentees + row, 0)
    for row in range(places):
        solver.add_arc_with_cost(row, mentees + row, 0)
    for column in range(mentees):
        solver.add_arc_with_cost(places + column, column, 0)
    assert solver.solve() == solver.OPTIMAL
    mates = ((row, solver.right_mate(row)) for row in range(places))
    return [(row, column) for row, column in mates if column < mentees]
