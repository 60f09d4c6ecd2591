"""What a sweep finds by looking at the tops of lists is what a look at every pair finds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest

from mentoring.matching import Participant, Problem, Rules, Weights
from mentoring.matching.arrays import Ints
from mentoring.matching.pairs import layout as layout_module
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.pairs.layout import Layout
from mentoring.matching.search import sweep as sweep_module
from mentoring.matching.search.sweep import Sweep
from tests.matching.builders import MONDAY, organization

SEEDS = range(4)
EVERYTHING = 1_000_000


def crowd(seed: int, size: int = 300, skills: int = 12) -> Problem:
    return Problem(organization(size, seed, skills), on=MONDAY)


def with_many_skills(problem: Problem, draw: random.Random, *, related: bool) -> Problem:
    """Return the same people with few and many skills of all levels, and skills that are related."""
    names = sorted({skill for person in problem.people for skill in person.shares})
    people = [
        replace(
            person,
            shares=tuple(draw.sample(names, shared := draw.choice((1, 2, 5, 9)))),
            share_levels=tuple(draw.choice((1, 2, 3)) for _ in range(shared)),
            wants=tuple(draw.sample(names, draw.choice((0, 1, 2, 4, 7, 12)))),
        )
        for person in problem.people
    ]
    return replace(
        problem,
        people=people,
        rules=Rules(related_skills=related),
        related={name: frozenset(draw.sample(names, 4)) - {name} for name in names},
    )


def layout_of(problem: Problem) -> Layout:
    return Grid(Board(Context(problem))).layout


def every_pair(layout: Layout) -> tuple[Ints, Ints]:
    mentors, mentees = len(layout.mentors.of), len(layout.mentees.of)
    return np.tile(np.arange(mentors), mentees), np.repeat(np.arange(mentees), mentors)


def prices(layout: Layout, seed: int) -> tuple[Ints, Ints]:
    """Return prices that some pairs beat, and many do not; some of those of mentors are beyond any score."""
    draw = np.random.default_rng(seed)
    mentors, mentees = len(layout.mentors.of), len(layout.mentees.of)
    beyond = draw.choice([1, 1, 1, 1_000_000], mentors)
    return draw.integers(-2_000, 5_000, mentors) * beyond, draw.integers(1_000, 8_000, mentees)


def better(layout: Layout, mentor: Ints, mentee: Ints) -> list[tuple[int, int]]:
    """Return the mentee and mentor of every legal pair that beats its prices, found one by one."""
    one, other = every_pair(layout)
    score = layout.scores(one, other)
    found = (score >= 0) & (score > mentor[one] + mentee[other])
    return list(zip(other[found].tolist(), one[found].tolist(), strict=True))


def beating(
    layout: Layout, seed: int, most: int = EVERYTHING, places: Ints | None = None
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the same, as a sweep finds it, and whose were cut."""
    mentor, mentee, cut = Sweep(layout).beating(*prices(layout, seed), most, places)
    legal = layout.scores(mentor, mentee) >= 0
    return list(zip(mentee[legal].tolist(), mentor[legal].tolist(), strict=True)), cut.tolist()


@pytest.mark.parametrize("skills", [1, 4, 12, 60])
@pytest.mark.parametrize("seed", SEEDS)
def test_all_pairs_that_beat_their_prices_are_found(seed: int, skills: int) -> None:
    problem = Problem(
        [
            replace(p, shares=p.shares[:skills], wants=p.wants[:skills])
            for p in organization(300, seed, max(3, skills))
        ],
        on=MONDAY,
    )
    layout = layout_of(problem)
    expected = better(layout, *prices(layout, seed))
    assert expected
    assert beating(layout, seed) == (expected, [])


@pytest.mark.parametrize("related", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_they_are_with_many_skills_at_all_levels(seed: int, related: bool) -> None:
    layout = layout_of(with_many_skills(crowd(seed), random.Random(seed), related=related))
    assert layout.enough > 1 or related
    expected = better(layout, *prices(layout, seed))
    assert expected
    assert beating(layout, seed) == (expected, [])


@pytest.mark.parametrize("weights", [Weights(skill_fit=0), Weights(1, 0, 0, 0)])
def test_they_are_when_skills_are_worth_nothing_or_everything(weights: Weights) -> None:
    layout = layout_of(replace(crowd(1), weights=weights))
    expected = better(layout, *prices(layout, 1))
    assert expected
    assert beating(layout, 1) == (expected, [])


def test_they_are_among_people_of_more_kinds_than_there_are_groups() -> None:
    people = [
        replace(person, level=1 + n % 6, hours=(360 + 5 * (n % 97), 960 + 5 * (n % 89)))
        for n, person in enumerate(organization(300, 2))
    ]
    layout = layout_of(Problem(people, on=MONDAY))
    assert len(layout.mentees.kinds.level) > 3 * 64
    expected = better(layout, *prices(layout, 2))
    assert expected
    assert beating(layout, 2) == (expected, [])


def test_they_are_in_small_helpings_and_without_tables() -> None:
    layout = layout_of(crowd(3))
    expected = better(layout, *prices(layout, 3))
    with (
        patch.object(sweep_module, "_CHUNK", 10),
        patch.object(layout_module, "_DENSE_CELLS", 0),
        patch.object(layout_module, "_TABLE_CELLS", 0),
    ):
        assert beating(layout_of(crowd(3)), 3) == (expected, [])


def test_only_the_mentees_asked_for_are_looked_at() -> None:
    layout = layout_of(crowd(1))
    places = np.arange(0, len(layout.mentees.of), 3)
    expected = [pair for pair in better(layout, *prices(layout, 1)) if pair[0] % 3 == 0]
    assert expected
    assert beating(layout, 1, places=places) == (expected, [])
    assert beating(layout, 1, places=places[:0]) == ([], [])


@pytest.mark.parametrize("seed", SEEDS)
def test_who_has_more_than_the_most_is_told(seed: int) -> None:
    layout = layout_of(crowd(seed))
    found, cut = beating(layout, seed, most=3)
    missing = sorted(set(better(layout, *prices(layout, seed))) - set(found))
    assert missing
    assert {mentee for mentee, _ in missing} <= set(cut)
    assert len(set(cut)) == len(cut) < len(layout.mentees.of)


def test_nobody_is_no_trouble() -> None:
    for people in ([], organization(40, 1)[:1]):
        layout = layout_of(Problem(people, on=MONDAY))
        sweep = Sweep(layout)
        assert [len(part) for part in sweep.beating(*prices(layout, 1), EVERYTHING)] == [0, 0, 0]
        assert [len(part) for part in sweep.best(5, 5)] == [0, 0]


def top_scores(score: Ints, person: Ints, few: int) -> list[list[int]]:
    """Return the best few scores of each person, by place."""
    return [sorted(score[person == place].tolist())[: -few - 1 : -1] for place in range(person.max() + 1)]


@pytest.mark.parametrize("skills", [4, 12, 60])
def test_the_best_of_each_person_are_nearly_the_best(skills: int) -> None:
    layout = layout_of(crowd(skills, skills=skills))
    found = Sweep(layout).best(5, 5)
    score, everything = layout.scores(*found), layout.scores(*(pairs := every_pair(layout)))
    assert score.min() >= 0
    for own, all_own in zip(found, pairs, strict=True):
        best = top_scores(everything[everything >= 0], all_own[everything >= 0], 5)
        mine = top_scores(score, own, 5)
        assert len(mine) == len(best)
        assert [bool(few) for few in mine] == [bool(few) for few in best]
        shares = [sum(few) / sum(most) for few, most in zip(mine, best, strict=True) if sum(most)]
        assert sum(shares) / len(shares) > 0.97


def alike(number: int) -> list[Participant]:
    """Return mentors and mentees who differ in nothing that counts."""
    return [
        replace(
            person,
            mentor=n % 2 == 0,
            mentee=n % 2 == 1,
            level=1 + n % 2,
            time_zone="UTC",
            department="",
            shares=("Podcasts",),
            wants=("Podcasts",),
            manager_id=None,
        )
        for n, person in enumerate(organization(number, 1))
    ]


def test_people_who_are_alike_are_not_all_given_the_same() -> None:
    layout = layout_of(Problem(alike(400), on=MONDAY))
    for places in Sweep(layout).best(5, 5):
        many = np.bincount(places)
        assert many.min() > 0
        assert many.max() < 40


def test_the_same_people_get_the_same_each_time() -> None:
    def best() -> Sequence[list[int]]:
        return [places.tolist() for places in Sweep(layout_of(crowd(2))).best(5, 3)]

    assert best() == best()
