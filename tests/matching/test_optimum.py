"""The result is the best there is, compared with other exact methods, and legal whatever comes in."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.matching import PairIds, Problem, Solution, broken_rules, solve
from mentoring.matching.flow import tiers as tiers_module
from tests.effort import examples
from tests.matching.builders import MONDAY, mixed_problems, open_problems, organization
from tests.matching.exact import Reached, best_by_constraints, best_by_trying_all, legal_pairs

FEW = 11


def reached(solution: Solution) -> Reached:
    proof = solution.proof
    return proof.served, proof.waiting, proof.pairs, proof.score, proof.kept


def ids(solution: Solution) -> set[PairIds]:
    return {(pair.mentor_id, pair.mentee_id) for pair in solution.pairs}


@pytest.mark.slow
@given(mixed_problems())
def test_no_rule_is_broken_and_nobody_has_too_many(problem: Problem) -> None:
    solution = solve(problem)
    people = {person.id: person for person in problem.people}
    for pair in solution.pairs:
        assert broken_rules(people[pair.mentor_id], people[pair.mentee_id], problem) == ()
    pairs = [*ids(solution), *problem.taken]
    for mentor_id, count in Counter(one for one, _ in ids(solution)).items():
        assert count + sum(one == mentor_id for one, _ in problem.taken) <= people[mentor_id].mentor_capacity
    for mentee_id, count in Counter(other for _, other in ids(solution)).items():
        assert (
            count + sum(other == mentee_id for _, other in problem.taken) <= people[mentee_id].mentee_capacity
        )
    assert len(set(pairs)) == len(pairs)


@pytest.mark.slow
@given(mixed_problems())
def test_the_candidates_are_all_legal_pairs(problem: Problem) -> None:
    assert solve(problem).proof.candidates == len(legal_pairs(problem))


@settings(max_examples=examples(60))
@given(open_problems())
def test_the_optimum_equals_the_best_of_all_subsets_in_every_tier(problem: Problem) -> None:
    assume(len(legal_pairs(problem)) <= FEW)
    solution = solve(problem)
    assert reached(solution) == best_by_trying_all(problem)
    assert solution.proof.optimal


@settings(max_examples=examples(30))
@given(open_problems())
def test_tiers_solved_one_by_one_reach_the_same(problem: Problem) -> None:
    with patch.object(tiers_module, "_ROOM_FOR_SCALING", 1):
        apart = solve(problem)
    assert apart.proof.stages == 5
    assert apart.proof.optimal
    assert reached(apart) == reached(solve(problem))


@pytest.mark.parametrize("seed", range(6))
def test_the_optimum_equals_that_of_a_constraint_solver(seed: int) -> None:
    people = organization(26, seed)
    problem = Problem(people, on=MONDAY)
    problem = replace(problem, keep=frozenset(random.Random(seed).sample(legal_pairs(problem), 10)))
    assert reached(solve(problem)) == best_by_constraints(problem)


@pytest.mark.slow
@given(mixed_problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, draw: random.Random) -> None:
    people, history = list(problem.people), list(problem.history)
    draw.shuffle(people)
    draw.shuffle(history)
    assert solve(replace(problem, people=people, history=history)) == solve(problem)


@given(open_problems())
def test_one_more_legal_pair_never_lowers_the_people_served(problem: Problem) -> None:
    assume(problem.forbidden)
    freed = replace(problem, forbidden=problem.forbidden - {min(problem.forbidden)})
    assert solve(freed).proof.served >= solve(problem).proof.served


@pytest.mark.parametrize("seed", range(5))
def test_a_declined_pair_leaves_the_others_in_place(seed: int) -> None:
    plain = Problem(organization(150, seed, skills=3), on=MONDAY)
    before = ids(solve(plain))
    declined = min(before)
    keep = frozenset(before - {declined})
    after = ids(solve(replace(plain, forbidden=frozenset({declined}), keep=keep)))
    assert len(before) > 40
    assert declined not in after
    assert len(keep - after) <= 3 + 5


def test_an_unchanged_problem_is_solved_unchanged() -> None:
    plain = Problem(organization(100, 7, skills=3), on=MONDAY)
    before = ids(solve(plain))
    assert ids(solve(replace(plain, keep=frozenset(before)))) == before
