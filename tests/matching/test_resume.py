"""A large problem is solved again from the last time's pairs and prices, whatever has changed since."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias
from unittest.mock import patch

import numpy as np
import pytest

from mentoring.matching import Participant, Problem, Rules, solve
from mentoring.matching.arrays import Ints
from mentoring.matching.flow import solver as solver_module
from mentoring.matching.flow.network import Network, Stage, reduced_cost, standing_against
from mentoring.matching.search.resume import resumed
from tests.effort import seeds
from tests.matching.builders import MONDAY, organization
from tests.matching.models import all_pairs, grid_of
from tests.matching.test_scale import pruned, reached

SEEDS = seeds(2, 12)
Make: TypeAlias = Callable[[int], Problem]


def one_each(seed: int, size: int = 200) -> Problem:
    people = [replace(p, mentor_capacity=1, mentee_capacity=1) for p in organization(size, seed, skills=12)]
    return Problem(people, on=MONDAY)


def several(seed: int, size: int = 120) -> Problem:
    return Problem(organization(size, seed, skills=12), on=MONDAY)


def altered(person: Participant, draw: random.Random) -> Participant:
    """Return a person as they may be a while later."""
    change = draw.randrange(8)
    if change == 0:
        return replace(person, mentor_capacity=draw.randint(0, 3), mentee_capacity=draw.randint(0, 3))
    if change == 1:
        return replace(person, waiting_cycles=draw.randint(0, 9))
    if change == 2:
        return replace(person, shares=person.wants, wants=person.shares)
    return replace(person, level=draw.randint(1, 8)) if change == 3 else person


def later(problem: Problem, seed: int) -> Problem:
    """Return the problem after people left, came and changed, and pairs were approved, declined and seen."""
    draw = random.Random(seed)
    pairs = [(pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs]
    draw.shuffle(pairs)
    people = [altered(person, draw) for person in problem.people if draw.random() < 0.95]
    new = [replace(person, id=f"new {person.id}") for person in draw.sample(people, 8)]
    return replace(
        problem,
        people=people + new,
        fixed=frozenset(pairs[:6]),
        forbidden=frozenset(pairs[6:10]),
        keep=frozenset(pairs[10:]) if seed % 2 else frozenset(),
        rules=Rules(min_gap=1 + seed % 2),
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [one_each, several])
def test_the_result_is_the_best_whatever_has_changed(make: Make, seed: int) -> None:
    first = make(seed)
    changed = later(first, seed)
    again = pruned(changed, since=pruned(first))
    assert again.proof.optimal
    assert reached(again) == reached(solve(changed))


@pytest.mark.parametrize("make", [one_each, several])
def test_when_nothing_has_changed_everything_stays(make: Make) -> None:
    problem = make(1)
    first = pruned(problem)
    again = pruned(problem, since=first)
    assert again.pairs == first.pairs
    assert again.proof.rounds == 1


@pytest.mark.parametrize("make", [one_each, several])
def test_the_solver_begins_where_the_last_time_ended(make: Make) -> None:
    """Hardly anything is out of balance for it; from nothing, as much is as there are partners wanted."""
    problem = make(2)
    pairs = frozenset((pair.mentor_id, pair.mentee_id) for pair in pruned(problem).pairs)
    changed = replace(problem, forbidden=frozenset(sorted(pairs)[:1]))
    first = pruned(problem)
    again: list[int] = []
    anew: list[int] = []
    for since, excess in ((first, again), (None, anew)):
        with patch.object(solver_module, "_solved", _noting(excess)):
            assert reached(pruned(changed, since=since)) == reached(solve(changed))
    assert again[0] < anew[0] / 4


def _noting(excess: list[int]) -> Callable[[Network, Ints, Ints], Ints]:
    """Return the solver, which takes down how many units are out of balance for it."""
    solved = solver_module._solved

    def noted(network: Network, cost: Ints, supply: Ints) -> Ints:
        excess.append(int(np.abs(supply).sum()))
        return solved(network, cost, supply)

    return noted


@pytest.mark.parametrize("seen", [False, True])
@pytest.mark.parametrize("longest", [0, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_prices_hold_in_another_scale(seed: int, longest: int, seen: bool) -> None:
    """The scale depends on who waits longest and on how many pairs were seen; hardly any arc may mind."""
    problem = one_each(seed)
    first = pruned(problem)
    assert first.trail is not None
    waiting = replace(
        problem.people[0], waiting_cycles=max(p.waiting_cycles for p in problem.people) + longest
    )
    keep = frozenset((pair.mentor_id, pair.mentee_id) for pair in first.pairs) if seen else frozenset()
    changed = replace(problem, people=[waiting, *problem.people[1:]], keep=keep)
    model = all_pairs(changed)
    units, price = resumed(grid_of(changed), model, first.trail)
    reduced = reduced_cost(model.network, Stage(-model.worth, price))
    assert np.count_nonzero(standing_against(model.network, reduced, units)) <= 4
