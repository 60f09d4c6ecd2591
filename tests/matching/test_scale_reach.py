"""People counted in bits are the people that the rules leave, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given

from mentoring.matching import Problem, Side
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.why.reach import Reach
from tests.matching.builders import MONDAY, mixed_problems, organization


def assert_same_counts(problem: Problem, side: Side) -> None:
    board = Board(Context(problem))
    reach = Reach(board, side)
    for row in range(len(board.sides(side)[0].people)):
        assert reach.counts(row) == [(rule, len(found)) for rule, found in board.steps(side, row)]


@pytest.mark.slow
@given(mixed_problems())
def test_counts_are_those_of_the_rules(problem: Problem) -> None:
    assert_same_counts(problem, "mentee")
    assert_same_counts(problem, "mentor")


def test_counts_in_more_than_one_word_of_bits() -> None:
    problem = Problem(organization(300, 4), on=MONDAY)
    assert_same_counts(problem, "mentee")
    assert_same_counts(problem, "mentor")
