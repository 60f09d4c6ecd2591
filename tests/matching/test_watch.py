"""Whoever watches a matching hears its steps, in their order, on small and on large problems."""

from __future__ import annotations

from unittest.mock import patch

from mentoring.matching import Problem, Solution, Step, solve
from tests.matching.builders import MONDAY, organization


def heard(problem: Problem) -> tuple[list[Step], Solution]:
    steps: list[Step] = []
    return steps, solve(problem, watch=steps.append)


def test_a_small_problem_takes_each_step_once() -> None:
    steps, _ = heard(Problem(organization(40, 1, 8), on=MONDAY))
    assert steps == list(Step)


def test_a_large_problem_goes_back_to_choosing_in_every_round() -> None:
    problem = Problem(organization(200, 1, 4), on=MONDAY)
    with (
        patch("mentoring.matching.solve.LARGE", -1),
        patch("mentoring.matching.search.first.FEW", 1),
    ):
        steps, solution = heard(problem)
    assert solution.proof.rounds > 1
    assert steps[:2] == [Step.PREPARE, Step.LIST]
    assert steps[-1] == Step.EXPLAIN
    turns = steps[2:-1]
    assert turns == [Step.CHOOSE, Step.PROVE] * (len(turns) // 2)
    assert len(turns) >= 2 * solution.proof.rounds


def test_watching_changes_nothing() -> None:
    problem = Problem(organization(60, 2, 8), on=MONDAY)
    assert heard(problem)[1] == solve(problem)
