"""A few candidates and a look at all others come to the same as listing every legal pair."""

from __future__ import annotations

import random
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import MatchedPair, PastPair, Problem, Rules, Solution, Weights, solve
from mentoring.matching import solve as solve_function
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.search import first as first_module
from mentoring.matching.search import pruned as pruned_module
from mentoring.matching.search.pruned import solve_pruned
from mentoring.matching.search.sweep import Sweep
from tests.effort import examples, seeds
from tests.matching.builders import MONDAY, mixed_problems, open_problems, organization
from tests.matching.exact import Reached

WEIGHTS = (Weights(), Weights(0, 0, 0, 0), Weights(skill_fit=0), Weights(1, 0, 0, 0))
RULES = (Rules(), Rules(other_department_only=True), Rules(min_gap=2, max_gap=3))


def reached(solution: Solution) -> Reached:
    proof = solution.proof
    return proof.served, proof.waiting, proof.pairs, proof.score, proof.kept


def pruned(problem: Problem, few: int = 1, since: Solution | None = None) -> Solution:
    """Solve as if the problem were large, with very few candidates to begin with."""
    with patch("mentoring.matching.solve.LARGE", -1), patch.object(first_module, "FEW", few):
        return solve_function(problem, since.trail if since else None)


def crowded(seed: int, size: int, skills: int) -> Problem:
    """Return a problem with history, pairs that stand, and pairs that the leads have seen."""
    draw = random.Random(seed)
    problem = Problem(
        organization(size, seed, skills),
        rules=RULES[seed % len(RULES)],
        weights=WEIGHTS[seed // 2 % len(WEIGHTS)],
        on=MONDAY,
    )
    ids = [(pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs]
    return replace(
        problem,
        history=[PastPair(*pair) for pair in draw.sample(ids, len(ids) // 3)],
        taken=frozenset(draw.sample(ids, len(ids) // 9)),
        keep=frozenset(draw.sample(ids, len(ids) // 2)) if seed % 3 else frozenset(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("enough", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_related_skills_come_to_the_same(seed: int, enough: bool) -> None:
    given_problem = crowded(seed, 120, (4, 12, 60)[seed % 3])
    names = sorted({skill for person in given_problem.people for skill in person.shares})
    draw = random.Random(seed)
    changed = replace(
        given_problem,
        rules=replace(given_problem.rules, related_skills=enough),
        related={name: frozenset(draw.sample(names, 3)) - {name} for name in names},
    )
    few, everything = pruned(changed), solve(changed)
    assert few.proof.optimal
    assert reached(few) == reached(everything)
    assert enough or all(_exact(changed, pair) for pair in few.pairs)


def _exact(given_problem: Problem, pair: MatchedPair) -> bool:
    people = {person.id: person for person in given_problem.people}
    return not set(people[pair.mentor_id].shares).isdisjoint(people[pair.mentee_id].wants)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("seed", seeds(12, 24))
def test_a_few_candidates_come_to_the_same_as_all(seed: int) -> None:
    problem = crowded(seed, (50, 100, 200)[seed % 3], (3, 4, 12, 60)[seed % 4])
    few, everything = pruned(problem), solve(problem)
    assert few.proof.optimal
    assert reached(few) == reached(everything)
    assert {(left.id, left.side) for left in few.left_out} <= {
        (p.id, s) for p in problem.people for s in SIDES
    }


SIDES = ("mentor", "mentee")


@pytest.mark.slow
@given(mixed_problems())
def test_it_does_when_every_rule_plays_a_part(problem: Problem) -> None:
    assert reached(pruned(problem)) == reached(solve(problem))


@settings(max_examples=examples(40))
@given(open_problems())
def test_it_does_when_people_compete(problem: Problem) -> None:
    few = pruned(problem)
    assert few.proof.optimal
    assert reached(few) == reached(solve(problem))


@pytest.mark.parametrize("seed", seeds(3, 12))
def test_it_does_when_few_are_looked_at_and_fewer_taken_up(seed: int) -> None:
    """Pairs that were cut off or left out have to be found by a later comparison, though hardly a price moves."""
    everybody_once = [
        replace(p, mentor_capacity=1, mentee_capacity=1) for p in organization(300, seed, skills=12)
    ]
    for problem in (Problem(everybody_once, on=MONDAY), crowded(seed, 150, (3, 12)[seed % 2])):
        with patch.multiple(pruned_module, _A_LINE=1, _EACH=2, _SLACKS=(2_000,)):
            assert reached(pruned(problem)) == reached(solve(problem))


def test_it_does_for_thousands_and_with_fewer_candidates() -> None:
    problem = Problem(organization(1500, 5, skills=100), on=MONDAY)
    few, everything = pruned(problem, few=8), solve(problem)
    assert reached(few) == reached(everything)
    assert few.proof.candidates < everything.proof.candidates / 2


@pytest.mark.parametrize("skills", [1, 3])
def test_everybody_alike_is_spread_over_everybody(skills: int) -> None:
    people = [
        replace(person, shares=person.shares[:1], wants=person.wants[:1], level=1 + 5 * person.mentee)
        for person in organization(400, 2)
    ]
    names = [f"skill {n}" for n in range(skills)]
    people = [
        replace(
            person, shares=(names[n % skills],), wants=(names[n % skills],), time_zone="UTC", department=""
        )
        for n, person in enumerate(people)
    ]
    problem = Problem(people, on=MONDAY)
    assert reached(pruned(problem)) == reached(solve(problem))


def test_the_first_candidates_alone_would_not_do() -> None:
    problem = Problem(organization(200, 1), on=MONDAY)
    assert pruned(problem).proof.rounds > 1


def test_without_looking_at_the_others_the_result_is_worse() -> None:
    problem = Problem(organization(200, 1), on=MONDAY)
    nothing = np.zeros(0, np.int64)
    with patch.object(Sweep, "beating", lambda *_, **__: (nothing, nothing, nothing)):
        blind = pruned(problem)
    assert reached(blind) < reached(solve(problem))


def test_when_one_number_is_not_enough_it_is_solved_tier_by_tier() -> None:
    problem = crowded(4, 100, 4)
    with patch.object(pruned_module, "_MOST_SERVED", 0):
        assert reached(pruned(problem)) == reached(solve(problem))


def test_the_order_of_the_input_changes_nothing() -> None:
    problem = crowded(7, 200, 12)
    mixed = list(problem.people)
    random.Random(1).shuffle(mixed)
    assert pruned(replace(problem, people=mixed)) == pruned(problem)


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(mixed_problems(), st.randoms(use_true_random=False))
def test_nor_does_it_when_every_rule_plays_a_part(problem: Problem, draw: random.Random) -> None:
    people, history = list(problem.people), list(problem.history)
    draw.shuffle(people)
    draw.shuffle(history)
    assert pruned(replace(problem, people=people, history=history)) == pruned(problem)


@pytest.mark.parametrize("seed", range(4))
def test_solving_again_after_declines_is_exact_and_leaves_the_rest(seed: int) -> None:
    problem = Problem(organization(300, seed, skills=5), on=MONDAY)
    first = pruned(problem, few=6)
    ids = [(pair.mentor_id, pair.mentee_id) for pair in first.pairs]
    declined = frozenset(random.Random(seed).sample(ids, 1))
    keep = frozenset(ids) - declined
    changed = replace(problem, forbidden=declined, keep=keep)
    again = pruned(changed, since=first)
    assert reached(again) == reached(solve(changed))
    assert again.proof.optimal
    assert len(keep) - again.proof.kept <= 3 * len(declined) + 5


def test_scores_of_the_grid_are_those_of_the_board() -> None:
    board = Board(Context(crowded(1, 200, 12)))
    grid, legal = Grid(board), board.candidates()
    mentor, mentee = grid.mentors.place[legal.mentor], grid.mentees.place[legal.mentee]
    assert np.array_equal(grid.scores(mentor, mentee), legal.score)
    everyone = np.divmod(np.arange(len(grid.mentees) * len(grid.mentors)), len(grid.mentors))
    assert int(np.count_nonzero(grid.scores(everyone[1], everyone[0]) >= 0)) == len(legal.score)


def test_offers_and_wishes_stand_in_one_order_so_that_a_result_is_the_same_each_time() -> None:
    grid = Grid(Board(Context(crowded(1, 200, 12))))
    place, skill, strength = (column.tolist() for column in grid.layout.offers)
    offers = list(zip(place, strength, skill, strict=True))
    assert offers == sorted(offers, key=lambda offer: (offer[0], -offer[1], offer[2]))
    wishes = grid.layout.wishes
    for skills, counts in zip(wishes.skill.tolist(), wishes.count.tolist(), strict=True):
        assert skills == sorted(skills, key=lambda skill: (-counts[skills.index(skill)], skill))


def test_a_pruned_result_that_does_not_add_up_is_a_fault() -> None:
    problem = Problem(organization(60, 1), on=MONDAY)
    board = Board(Context(problem))
    best = solve_pruned(board)
    assert best.score == sum(pair.score for pair in solve(problem).pairs)
