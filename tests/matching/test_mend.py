"""A best flow is mended where arcs stand against its prices, and prices are settled and raised."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching import Problem, solve
from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow import mend
from mentoring.matching.flow.mend import mended
from mentoring.matching.flow.network import standing_against
from mentoring.matching.flow.objective import Scaled
from mentoring.matching.flow.prices import proves, settled
from mentoring.matching.flow.solver import least_cost
from tests.matching.builders import MONDAY, organization
from tests.matching.models import Proven, all_pairs, best_of, grid_of, proven, reached, some_pairs

SEEDS = range(30)
FEW_SEEDS = range(8)


def open_to_all(seed: int, size: int = 40, skills: int = 6) -> Problem:
    """Return a problem in which most people have room for two or three."""
    return Problem(organization(size, seed, skills), on=MONDAY)


def widened(few: Proven, model: Scaled) -> Proven:
    """Return the flow and the prices of a few pairs over all of them; the others carry nothing yet."""
    units = np.zeros(len(model.worth), np.int64)
    units[: model.pairs.start] = few.units[: few.model.pairs.start]
    units[model.pairs.start + model.candidates.places(few.model.candidates.codes)] = few.units[
        few.model.pairs
    ]
    return Proven(model, units, few.price)


def with_new_pairs(seed: int, share: float = 0.9, size: int = 40) -> Proven:
    """Return the best flow of some pairs, to which the others have come."""
    model = all_pairs(open_to_all(seed, size))
    known = np.random.default_rng(seed).random(len(model.candidates)) < share
    return widened(best_of(some_pairs(model, known)), model)


def assert_mended(given: Proven, worth: Ints | None = None) -> None:
    """Check that a flow is mended to one as good as that of the solver, with prices that prove it."""
    network, cost = given.model.network, -(given.model.worth if worth is None else worth)
    found = mended(network, cost, given.units, given.price)
    assert found is not None
    units, price = found
    assert proves(network, cost, units, price)
    assert price[0] == given.price[0]
    solved = least_cost(network, _small(cost), np.zeros_like(cost), network.room > 0)
    assert int(np.sum(cost * units)) == int(np.sum(cost * solved))


def _small(cost: Ints) -> Ints:
    """Return the costs over what all of them are multiples of: the solver takes longer for larger numbers."""
    return cost // max(1, int(np.gcd.reduce(cost)))


def against(given: Proven) -> Bools:
    return standing_against(given.model.network, given.reduced, given.units)


@pytest.mark.parametrize("seed", SEEDS)
def test_new_pairs_are_taken_up(seed: int) -> None:
    given = with_new_pairs(seed)
    found = mended(given.model.network, -given.model.worth, given.units, given.price)
    assert found is not None
    assert proves(given.model.network, -given.model.worth, *found)
    assert reached(given.model, found[0]) == reached(given.model, best_of(given.model).units)


def test_new_pairs_do_beat_the_prices() -> None:
    assert sum(bool(against(with_new_pairs(seed)).any()) for seed in SEEDS) > len(SEEDS) / 2


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_so_are_many_new_pairs(seed: int) -> None:
    assert_mended(with_new_pairs(seed, share=0.3, size=80))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flow_is_mended_when_a_few_people_cost_something_else(seed: int) -> None:
    best, draw = proven(open_to_all(seed)), np.random.default_rng(seed)
    changed = draw.choice(best.model.network.nodes - 1, 4, replace=False) + 1
    price = best.price.copy()
    price[changed] += draw.integers(-(10**6), 10**6, len(changed))
    moved = replace(best, price=price)
    assert against(moved).any()
    assert_mended(moved)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flow_is_mended_when_a_few_pairs_are_worth_something_else(seed: int) -> None:
    best, draw = proven(open_to_all(seed)), np.random.default_rng(seed)
    worth = best.model.worth.copy()
    used = best.model.pairs.start + np.flatnonzero(best.units[best.model.pairs])
    worth[draw.choice(used, 3, replace=False)] -= int(best.model.worth.max()) // 2
    assert not proves(best.model.network, -worth, best.units, best.price)
    assert_mended(best, worth)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_flow_is_mended_when_a_few_pairs_are_dropped(seed: int) -> None:
    best = proven(open_to_all(seed))
    used = best.units[best.model.pairs].copy()
    used[np.random.default_rng(seed).choice(np.flatnonzero(used), 3, replace=False)] = 0
    fewer = replace(best, units=best.model.units(used > 0))
    assert against(fewer).any()
    assert_mended(fewer)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_flow_is_built_from_nothing_at_all(seed: int) -> None:
    model = all_pairs(open_to_all(seed, 24))
    nothing = Proven(model, np.zeros_like(model.worth), np.zeros(model.network.nodes, np.int64))
    assert_mended(nothing)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_rooms_of_two_and_three_are_filled(seed: int) -> None:
    people = [replace(p, mentor_capacity=3, mentee_capacity=2) for p in organization(40, seed, 6)]
    model = all_pairs(Problem(people, on=MONDAY))
    known = np.random.default_rng(seed).random(len(model.candidates)) < 0.5
    given = widened(best_of(some_pairs(model, known)), model)
    assert against(given).any()
    found = mended(model.network, -model.worth, given.units, given.price)
    assert found is not None
    assert np.bincount(model.candidates.mentor[found[0][model.pairs] > 0]).max() == 3
    assert_mended(given)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_prices_of_people_who_have_nothing_to_do_with_it_stay(seed: int) -> None:
    """Everybody is next to the hub; going over it would move them all."""
    first = organization(40, seed, 6)
    others = [replace(p, id=f"other {p.id}", shares=("drawing",), wants=("drawing",)) for p in first]
    problem = Problem([*first, *others], on=MONDAY)
    model, grid = all_pairs(problem), grid_of(problem)
    lineups = (grid.mentees, grid.mentors)
    apart = np.array([person_id.startswith("other") for lineup in lineups for person_id in lineup.ids])
    known = np.random.default_rng(seed).random(len(model.candidates)) < 0.5
    known |= apart[len(grid.mentees) :][model.candidates.mentor]
    given = widened(best_of(some_pairs(model, known)), model)
    assert against(given).any()
    found = mended(model.network, -model.worth, given.units, given.price)
    assert found is not None
    assert np.array_equal(found[1][1:][apart], given.price[1:][apart])
    assert not np.array_equal(found[1], given.price)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_nothing_is_changed_where_nothing_is_against(seed: int) -> None:
    best = proven(open_to_all(seed))
    found = mended(best.model.network, -best.model.worth, best.units, best.price)
    assert found is not None
    assert found[0] is best.units
    assert found[1] is best.price


def test_what_is_given_is_left_as_it_is() -> None:
    given = with_new_pairs(1, share=0.5)
    units, price = given.units.copy(), given.price.copy()
    assert_mended(given)
    assert np.array_equal(given.units, units)
    assert np.array_equal(given.price, price)


def test_too_many_arcs_against_are_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    given = with_new_pairs(1, share=0.5)
    many = int(against(given).sum())
    monkeypatch.setattr(mend, "_MOST", many)
    assert_mended(given)
    monkeypatch.setattr(mend, "_MOST", many - 1)
    assert mended(given.model.network, -given.model.worth, given.units, given.price) is None


def test_mending_that_takes_too_long_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    given = with_new_pairs(next(seed for seed in SEEDS if against(with_new_pairs(seed)).any()))
    assert_mended(given)
    monkeypatch.setattr(mend, "_WORK", 0)
    monkeypatch.setattr(mend, "_LEAST_WORK", 0)
    assert mended(given.model.network, -given.model.worth, given.units, given.price) is None


def test_mending_that_is_not_done_in_its_times_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    given = with_new_pairs(1, share=0.5)
    monkeypatch.setattr(mend, "_TIMES", 1)
    assert mended(given.model.network, -given.model.worth, given.units, given.price) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_that_were_rounded_settle_to_some_that_prove(seed: int) -> None:
    best, draw = proven(open_to_all(seed)), random.Random(seed)
    rounded = best.price + np.array([draw.randint(-3, 3) for _ in best.price])
    assert not proves(best.model.network, -best.model.worth, best.units, rounded)
    everywhere = np.ones(len(best.units), np.bool_)
    price = settled(best.model.network, -best.model.worth, best.units, rounded, everywhere)
    assert price is not None
    assert proves(best.model.network, -best.model.worth, best.units, price)
    assert price[0] == rounded[0]


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_prices_that_prove_stay_as_they_are(seed: int) -> None:
    best = proven(open_to_all(seed))
    everywhere = np.ones(len(best.units), np.bool_)
    price = settled(best.model.network, -best.model.worth, best.units, best.price, everywhere)
    assert price is not None
    assert np.array_equal(price, best.price)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_no_prices_settle_for_a_flow_that_is_not_the_best(seed: int) -> None:
    best = proven(open_to_all(seed))
    nothing, everywhere = np.zeros_like(best.units), np.ones(len(best.units), np.bool_)
    assert settled(best.model.network, -best.model.worth, nothing, best.price, everywhere) is None


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_arcs_that_are_not_free_stay_against_the_prices(seed: int) -> None:
    given = with_new_pairs(seed, share=0.5)
    before = against(given)
    cost = -given.model.worth
    assert before.any()
    price = settled(given.model.network, cost, given.units, given.price, ~before)
    assert price is not None
    after = against(replace(given, price=price))
    assert after.any()
    assert not np.any(after & ~before)


@pytest.mark.parametrize("seed", SEEDS)
def test_raised_prices_prove_the_same_flow(seed: int) -> None:
    best = proven(open_to_all(seed))
    raised = replace(best, price=best.model.raised(best.price, best.units))
    assert raised.proves(best.units)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_people_without_a_partner_cost_exactly_what_serving_them_earns(seed: int) -> None:
    best = proven(open_to_all(seed))
    model, raised = best.model, best.model.raised(best.price, best.units)
    mentors, mentees = len(model.mentors), len(model.mentees)
    earned = np.concatenate([-model.worth[:mentees], model.worth[2 * mentees : 2 * mentees + mentors]])
    used = best.units[model.pairs] > 0
    partners = np.concatenate(
        [
            np.bincount(model.candidates.mentee[used], minlength=mentees),
            np.bincount(model.candidates.mentor[used], minlength=mentors),
        ]
    )
    assert np.any(partners == 0)
    assert np.array_equal(raised[1:][partners == 0], earned[partners == 0])
    assert np.array_equal(raised[1:][partners > 0], best.price[1:][partners > 0])
    assert raised[0] == best.price[0]


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_people_who_are_served_already_cost_nothing_without_another_partner(seed: int) -> None:
    people = [replace(p, mentor_capacity=2, mentee_capacity=2) for p in organization(40, seed, 6)]
    problem = Problem(people, on=MONDAY)
    taken = frozenset((pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs[:12])
    model = all_pairs(replace(problem, taken=taken))
    nobody = some_pairs(model, np.zeros(len(model.candidates), np.bool_))
    raised = nobody.raised(np.zeros(nobody.network.nodes, np.int64), np.zeros_like(nobody.worth))
    served = np.concatenate([model.mentees.served, model.mentors.served])
    assert 0 < served.sum() < len(served)
    assert np.array_equal(raised[1:] == 0, served)
    assert proves(nobody.network, -nobody.worth, np.zeros_like(nobody.worth), raised)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_raised_prices_make_fewer_other_pairs_look_better(seed: int) -> None:
    model = all_pairs(open_to_all(seed))
    known = np.random.default_rng(seed).random(len(model.candidates)) < 0.3
    few = best_of(some_pairs(model, known))
    raised = replace(few, price=few.model.raised(few.price, few.units))
    before, after = (int(against(widened(one, model)).sum()) for one in (few, raised))
    assert 0 < after <= before


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_units_of_the_chosen_pairs_are_the_flow(seed: int) -> None:
    best = proven(open_to_all(seed))
    assert np.array_equal(best.model.units(best.units[best.model.pairs] > 0), best.units)
