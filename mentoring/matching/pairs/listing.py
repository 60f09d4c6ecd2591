"""Every legal pair with its score, so that anybody can check a result with a solver of their own."""

from __future__ import annotations

from collections.abc import Iterator

from mentoring.matching.model import Problem
from mentoring.matching.pairs.context import Context


def legal_pairs(problem: Problem) -> Iterator[tuple[str, str, int]]:
    """Yield each legal pair between people with room as mentor id, mentee id and score, mentee by mentee."""
    # numpy takes a while to load, which nobody who only imports this should wait for.
    from mentoring.matching.pairs.board import Board

    board = Board(Context(problem))
    for row, mentors, scores in board.candidates_by_mentee():
        mentee = board.mentees.people[row]
        for mentor, score in zip(mentors.tolist(), scores.tolist(), strict=True):
            yield board.mentors.people[mentor].id, mentee.id, score
