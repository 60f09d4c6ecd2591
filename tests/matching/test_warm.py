"""A best flow is found from another one and its prices, answered by mentees and raised for whoever is alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching import BEST, Problem, solve
from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow.network import Stage, reduced_cost, standing_against
from mentoring.matching.flow.objective import Scaled
from mentoring.matching.flow.prices import node_prices, proves
from mentoring.matching.flow.solver import least_cost
from tests.matching.builders import MONDAY, organization
from tests.matching.models import Proven, all_pairs, best_of, proven, some_pairs

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


def against(given: Proven) -> Bools:
    return standing_against(given.model.network, given.reduced, given.units)


def answered(given: Proven) -> Proven:
    """Return the same flow with the prices that mentees answer."""
    return replace(given, price=given.model.answered(given.price, given.units))


def assert_solved_from(given: Proven, worth: Ints | None = None) -> None:
    """Check that the best flow is found from this one and its prices, whatever they are worth."""
    network, cost = given.model.network, -(given.model.worth if worth is None else worth)
    reduced, free = reduced_cost(network, Stage(cost, given.price)), network.room > 0
    best = int(np.sum(cost * least_cost(network, cost, np.zeros_like(cost), free)))
    for mirrored in (network, network.mirrored()):
        units = least_cost(mirrored, reduced, given.units, free)
        price = node_prices(network, cost, units)
        assert price is not None
        assert proves(network, cost, units, price)
        assert int(np.sum(cost * units)) == best


@pytest.mark.parametrize("share", [0.9, 0.3])
@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_new_pairs_are_taken_up(seed: int, share: float) -> None:
    given = with_new_pairs(seed, share)
    assert_solved_from(given)
    assert_solved_from(answered(given))


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_people_and_pairs_may_be_worth_something_else(seed: int) -> None:
    draw, best = np.random.default_rng(seed), proven(open_to_all(seed))
    worth = best.model.worth.copy()
    changed = draw.choice(len(worth), 9, replace=False)
    worth[changed] = worth[changed] * draw.integers(0, 3, 9)
    assert_solved_from(best, worth)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_it_begins_from_nothing_at_all(seed: int) -> None:
    model = all_pairs(open_to_all(seed))
    nothing = Proven(model, np.zeros_like(model.worth), model.nobody())
    assert_solved_from(nothing)
    assert_solved_from(answered(nothing))


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_best_flow_stays_as_it_is(seed: int) -> None:
    """Among others that are as good: arcs that cost nothing keep what is on them."""
    best = proven(open_to_all(seed))
    network = best.model.network
    assert np.any((best.reduced == 0) & (best.units > 0) & (network.room > 0))
    again = least_cost(network.mirrored(), best.reduced, best.units, network.room > 0)
    assert np.array_equal(again, best.units)


def test_arcs_that_are_not_free_keep_their_units() -> None:
    given = with_new_pairs(2, share=0.5)
    network, cost = given.model.network, -given.model.worth
    free = np.random.default_rng(2).random(len(cost)) < 0.5
    units = least_cost(network, cost, given.units, free)
    assert np.array_equal(units[~free], given.units[~free])
    assert not np.array_equal(units, given.units)


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_mentees_answer_prices_with_as_many_mentors_as_they_have_room_for(seed: int) -> None:
    """At a mentee's new price they want the best mentors for them and nobody else; what they want is in balance."""
    model = all_pairs(open_to_all(seed))
    mentors = np.random.default_rng(seed).integers(-BEST, BEST, len(model.mentors)) * model.scale.score
    mentors += np.where(np.arange(len(mentors)) % 3 == 0, model.nobody()[1 + len(model.mentees) :], 0)
    price = np.concatenate([model.nobody()[: 1 + len(model.mentees)], -mentors])
    given = answered(Proven(model, np.zeros_like(model.worth), price))
    assert np.array_equal(given.price[1 + len(model.mentees) :], -mentors)
    wanted = given.reduced < 0
    offers = np.bincount(model.candidates.mentee[wanted[model.pairs]], minlength=len(model.mentees))
    first, further = (slice(start, start + len(model.mentees)) for start in (0, len(model.mentees)))
    least = np.where(wanted[first], model.network.room[first], 0)
    least += np.where(wanted[further], model.network.room[further], 0)
    most = np.where(given.reduced[first] <= 0, model.network.room[first], 0)
    most += np.where(given.reduced[further] <= 0, model.network.room[further], 0)
    assert np.all(least <= offers)
    assert np.all(offers <= most)
    assert offers.any()


def test_only_mentees_who_gain_answer() -> None:
    best = proven(open_to_all(1))
    assert np.array_equal(answered(best).price, best.price)
    given = with_new_pairs(1)
    gaining = np.zeros(given.model.network.nodes, np.bool_)
    gaining[given.model.network.tail[against(given)]] = True
    changed = answered(given).price != given.price
    assert changed.any()
    assert np.array_equal(changed, gaining)


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
