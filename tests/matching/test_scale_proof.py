"""The certificate of a large problem refuses what is not the best: flows, prices and missing candidates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching import Problem
from mentoring.matching.arrays import Bools
from mentoring.matching.flow.objective import Scaled
from mentoring.matching.flow.prices import node_prices, proves
from mentoring.matching.flow.tiers import solve_tiers
from tests.matching.builders import MONDAY, organization
from tests.matching.models import proven

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flow_without_one_of_its_pairs_is_refused(seed: int) -> None:
    best = proven(Problem(organization(60, seed), on=MONDAY))
    assert best.proves(best.units)
    network = best.model.network
    for pair in best.model.pairs.start + np.flatnonzero(best.units[best.model.pairs])[:5]:
        worse = best.units.copy()
        worse[pair] -= 1
        assert not best.proves(worse), "it leaks"
        for node, arcs in ((network.tail[pair], network.head), (network.head[pair], network.tail)):
            worse[np.flatnonzero((arcs == node) & (best.units > 0) & (_to_hub(best.model)))[-1]] -= 1
        assert not best.proves(worse), "it is whole, and worth less"


def _to_hub(model: Scaled) -> Bools:
    found: Bools = (model.network.tail == 0) | (model.network.head == 0)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flow_that_is_best_by_another_measure_is_refused(seed: int) -> None:
    best = proven(Problem(organization(60, seed), on=MONDAY))
    served, waiting, pairs, score, _ = best.model.tiers()
    flat = replace(score, worth=-score.worth, most=score.most)
    shifted = replace(flat, worth=flat.worth + 10_000 * pairs.worth)
    other = solve_tiers(best.model.network, (served, waiting, pairs, shifted)).units
    assert int(np.sum(score.worth * other)) < int(np.sum(score.worth * best.units))
    assert not best.proves(other)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prices_are_found_for_a_flow_that_is_not_the_best(seed: int) -> None:
    best = proven(Problem(organization(60, seed), on=MONDAY))
    nothing = np.zeros_like(best.units)
    assert node_prices(best.model.network, -best.model.worth, nothing) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_of_too_few_candidates_do_not_prove_the_flow_of_all(seed: int) -> None:
    problem = Problem(organization(60, seed), on=MONDAY)
    best = proven(problem)
    unused = best.units[best.model.pairs] == 0
    few = proven(problem, unused)
    model = best.model
    worth = model.worth[model.pairs]
    gain = worth - few.price[model.network.tail[model.pairs]] + few.price[model.network.head[model.pairs]]
    assert not proves(model.network, -model.worth, best.units, few.price)
    assert np.any(gain[~unused] > 0), "the comparison with the prices would have found one"
