"""The count of places is the truth: what a whole matching, found another way, fills; on many small organizations."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Participant, Problem, Rules, solve
from mentoring.matching.places import Places
from tests.effort import at_length, examples
from tests.matching.builders import (
    MONDAY,
    RULES,
    mentee,
    mentor,
    mixed_problems,
    open_problems,
    organization,
    problem,
)

SWITCHES = [
    one.name for one in fields(Rules) if isinstance(one.default, bool) and one.name != "related_skills"
]
_rules = st.builds(Rules, **RULES)


def filled_by_solving(problem: Problem, rules: Rules) -> int:
    """What the whole matching serves: scores, tiers, flow, and its own second look."""
    return solve(
        replace(problem, rules=replace(rules, related_skills=problem.rules.related_skills))
    ).proof.served


def test_two_hundred_random_programs() -> None:
    draw = random.Random(20)
    for seed in range(200):
        problem = Problem(organization(draw.randint(2, 14), seed, skills=draw.randint(3, 9)), on=MONDAY)
        rules = Rules(
            min_gap=draw.randint(1, 2),
            max_gap=draw.choice((None, 2, 3)),
            min_overlap_minutes=draw.choice((0, 120, 400)),
            **{name: draw.random() < 0.5 for name in SWITCHES},
        )
        assert Places(problem).filled(rules).number == filled_by_solving(problem, rules), seed


@pytest.mark.slow
@settings(max_examples=examples(25))
@given(mixed_problems(), _rules)
def test_where_every_rule_plays_a_part(problem: Problem, rules: Rules) -> None:
    assert Places(problem).filled(rules).number == filled_by_solving(problem, rules)


@at_length
@pytest.mark.slow
@settings(max_examples=examples(400))
@given(mixed_problems(), _rules)
def test_where_every_rule_plays_a_part_at_length(problem: Problem, rules: Rules) -> None:
    assert Places(problem).filled(rules).number == filled_by_solving(problem, rules)


@settings(max_examples=examples(25))
@given(open_problems())
def test_where_people_compete(problem: Problem) -> None:
    assert Places(problem).filled(problem.rules).number == filled_by_solving(problem, problem.rules)


@pytest.mark.parametrize(
    ("ours", "theirs", "rules"),
    [
        ({"also_level": 5}, {}, Rules()),
        ({}, {"also_level": 2}, Rules()),
        ({"level": 4, "also_level": 1}, {}, Rules(max_gap=3)),
        ({}, {"also_level": 8}, Rules(max_gap=3)),
        ({"also_department": "Law"}, {"department": "Law"}, Rules(other_department_only=True)),
        ({"department": "Law"}, {"also_department": "Law"}, Rules(other_department_only=True)),
        ({"also_department": "Art"}, {"also_department": "Art"}, Rules(other_department_only=True)),
    ],
)
def test_rules_hold_for_what_either_source_says(
    ours: dict[str, Any], theirs: dict[str, Any], rules: Rules
) -> None:
    first: dict[str, Any] = {"level": 2, "department": "Sales"}
    second: dict[str, Any] = {"level": 5, "department": "Design"}
    sure = problem(mentor("ann", **first), mentee("max", **second))
    disputed = problem(mentor("ann", **first | ours), mentee("max", **second | theirs))
    assert Places(sure).filled(rules).number == 2
    assert Places(disputed).filled(rules).number == filled_by_solving(disputed, rules) == 0


@pytest.mark.sampled(4)
@pytest.mark.parametrize("seed", range(12))
def test_larger_organizations_with_scarce_mentors(seed: int) -> None:
    people = [
        replace(person, mentor=person.mentor and (index % 3 == 0 or seed % 2 == 0))
        for index, person in enumerate(organization(60 + 5 * seed, seed, skills=6 + 4 * seed))
    ]
    problem = Problem(people, on=MONDAY)
    rules = Rules(min_gap=2, max_gap=3, other_department_only=True, min_overlap_minutes=200)
    places = Places(problem)
    begun = places.filled(rules)
    assert begun.number == filled_by_solving(problem, rules)
    for change in (
        {"min_gap": 1},
        {"max_gap": None},
        {"other_department_only": False},
        {"min_overlap_minutes": 0},
    ):
        milder = replace(rules, **change)
        assert places.filled(milder, begun).number == filled_by_solving(problem, milder), change


def test_there_are_as_many_places_as_people_in_roles_with_room() -> None:
    people = organization(40, 3)
    guests = [replace(person, guest=index < 5) for index, person in enumerate(people)]
    places = Places(Problem(guests, on=MONDAY))

    def roles(some: list[Participant]) -> int:
        return sum(person.mentor + person.mentee for person in some)

    assert places.there_are(Rules(guests_allowed=True)) == roles(guests)
    assert places.there_are(Rules()) == roles(guests[5:])


def test_nobody_fills_nothing() -> None:
    assert Places(Problem((), on=MONDAY)).filled(Rules()).number == 0
