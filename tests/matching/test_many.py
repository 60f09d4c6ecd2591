"""Hundreds of random organizations: both ways of solving reach what an assignment solver reaches."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mentoring.matching import PastPair, Problem, Rules, Solution, Weights, broken_rules, legal_pairs, solve
from mentoring.matching.pairs.context import Context
from tests.effort import seeds
from tests.matching.assignment import Best, best_by_assignment
from tests.matching.builders import MONDAY, organization
from tests.matching.test_scale import pruned

RULES = (
    Rules(),
    Rules(related_skills=True),
    Rules(min_gap=2, max_gap=4, min_overlap_minutes=0),
    Rules(other_department_only=True),
)
WEIGHTS = (Weights(), Weights(), Weights(skill_fit=0), Weights(0, 0, 0, 0), Weights(1, 0, 1, 0, ideal_gap=1))


def anything(seed: int, least: int = 50, most: int = 400) -> Problem:
    """Return a random problem of so many people, mentees having room for one mentor."""
    draw = random.Random(seed)
    skills = draw.choice((3, 6, 12, 60))
    people = organization(draw.randint(least, most), seed, skills)
    names = [f"skill {n}" for n in range(skills)]
    ids = [person.id for person in people]
    couples = [tuple(draw.sample(ids, 2)) for _ in range(100)]
    return Problem(
        [replace(person, mentee_capacity=1) for person in people],
        rules=draw.choice(RULES),
        weights=draw.choice(WEIGHTS),
        history=[PastPair(one, other) for one, other in couples[: draw.choice((0, 50))]],
        forbidden=frozenset((one, other) for one, other in couples[50 : draw.choice((50, 100))]),
        related={name: frozenset(draw.sample(names, draw.randint(0, 2))) for name in names},
        on=MONDAY,
    )


def reached(solution: Solution) -> Best:
    proof = solution.proof
    assert proof.optimal
    return proof.served, proof.waiting, proof.pairs, proof.score


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", seeds(8, 56, 216))
def test_both_ways_reach_what_an_assignment_reaches(seed: int) -> None:
    problem = anything(seed)
    best = best_by_assignment(problem)
    assert reached(solve(problem)) == best
    assert reached(pruned(problem, few=1 + seed % 5)) == best


@pytest.mark.parametrize("seed", range(16))
def test_the_legal_pairs_are_those_that_break_no_rule(seed: int) -> None:
    problem = anything(seed)
    legal = {(mentor, mentee) for mentor, mentee, _ in legal_pairs(problem)}
    context, draw = Context(problem), random.Random(seed)
    for mentor, mentee in (draw.choices(problem.people, k=2) for _ in range(1_000)):
        assert ((mentor.id, mentee.id) in legal) == (not broken_rules(mentor, mentee, context))


@pytest.mark.parametrize("seed", seeds(3, 9, 24))
def test_one_more_legal_pair_never_lowers_the_people_served(seed: int) -> None:
    problem = anything(seed, most=200)
    chosen = [(pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs]
    without = frozenset(random.Random(seed).sample(chosen, len(chosen) // 2))
    fewer = replace(problem, forbidden=problem.forbidden | without)
    for pair in sorted(without)[:3]:
        more = replace(fewer, forbidden=fewer.forbidden - {pair})
        assert reached(solve(more)) >= reached(solve(fewer))
        assert reached(pruned(more)) >= reached(pruned(fewer))
