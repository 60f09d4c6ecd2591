"""After declines, few of the other pairs change: no more than the best result asks for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import pytest

from benchmarks.matching.organization import organization as company
from mentoring.matching import PairIds, Problem, Solution, solve
from tests.matching.builders import MONDAY, organization
from tests.matching.test_scale import pruned

PEOPLE = 300
SEEDS = range(5)


def few_skills(seed: int) -> Problem:
    return Problem(organization(PEOPLE, seed, skills=3), on=MONDAY)


def many_skills(seed: int) -> Problem:
    return Problem(organization(PEOPLE, seed), on=MONDAY)


def a_company(seed: int) -> Problem:
    return company(PEOPLE, seed=seed)


def ids(solution: Solution) -> frozenset[PairIds]:
    return frozenset((pair.mentor_id, pair.mentee_id) for pair in solution.pairs)


def declined(problem: Problem, count: int) -> tuple[Problem, frozenset[PairIds]]:
    """Return the problem after some of its best pairs were declined, and the others."""
    chosen = ids(solve(problem))
    no = frozenset(random.Random(count).sample(sorted(chosen), count))
    return replace(problem, forbidden=no, keep=chosen - no), chosen - no


@pytest.mark.sampled(3)
@pytest.mark.parametrize("make", [few_skills, many_skills, a_company])
@pytest.mark.parametrize("count", [1, 5, 20])
def test_few_pairs_change_after_declines(make: Callable[[int], Problem], count: int) -> None:
    """The best result comes first, so single cases may change more; half of them stay within 3 a decline and 5."""
    changed = []
    for seed in SEEDS:
        again, others = declined(make(seed), count)
        solution = solve(again)
        assert solution.proof.optimal
        assert len(others) - solution.proof.kept == len(others - ids(solution))
        changed.append(len(others - ids(solution)))
    assert median(changed) <= 3 * count + 5


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_pairs_seen_many_more_change(seed: int) -> None:
    again, others = declined(few_skills(seed), 5)
    forgetful = solve(replace(again, keep=frozenset()))
    assert forgetful.proof.score == solve(again).proof.score
    assert len(others - ids(forgetful)) > 10 * len(others - ids(solve(again)))


@pytest.mark.parametrize("seed", SEEDS)
def test_few_candidates_keep_as_many(seed: int) -> None:
    again, _ = declined(many_skills(seed), 5)
    assert pruned(again).proof.kept == solve(again).proof.kept
