"""The certificate and the second look refuse what is not the best or not legal."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib import import_module
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mentoring.matching import BEST, LevelsApart, MatchedPair, MatchingFault, Part, Problem, Tally, solve
from mentoring.matching.flow.network import Flow, Stage, is_optimal
from mentoring.matching.flow.objective import Model, build
from mentoring.matching.flow.prices import prices_back
from mentoring.matching.flow.tiers import dual_values, solve_tiers
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.why.verify import verify
from tests.matching.builders import (
    MONDAY,
    mentee,
    mentor,
    mixed_problems,
    open_problems,
    organization,
    problem,
)
from tests.matching.test_scale import pruned


def solved(given_problem: Problem) -> tuple[Model, Flow]:
    board = Board(Context(given_problem))
    candidates = board.candidates()
    model = build(*board.rosters(candidates), candidates)
    return model, solve_tiers(model.network, model.tiers())


@given(open_problems(), st.data())
def test_the_certificate_refuses_a_worsened_flow(given_problem: Problem, data: st.DataObject) -> None:
    model, best = solved(given_problem)
    assert is_optimal(model.network, best)
    used = np.flatnonzero(best.units[model.pairs])
    assume(len(used))
    pair = model.pairs.start + data.draw(st.sampled_from(used.tolist()))
    worse = best.units.copy()
    for arc in _around(model, best, pair):
        worse[arc] -= 1
    assert not is_optimal(model.network, replace(best, units=worse))


def _around(model: Model, best: Flow, pair: int) -> list[int]:
    """Return a pair with one used arc from the hub to its mentor and one from its mentee to the hub."""
    network = model.network
    used = best.units > 0
    mentor, mentee = network.tail[pair], network.head[pair]
    onto = np.flatnonzero(used & (network.head == mentor) & (network.tail == 0))
    back = np.flatnonzero(used & (network.tail == mentee) & (network.head == 0))
    return [pair, int(onto[-1]), int(back[-1])]


def test_the_certificate_refuses_what_is_feasible_but_second_best() -> None:
    people = organization(40, 2)
    model, best = solved(Problem(people, on=MONDAY))
    by_pairs_only = solve_tiers(model.network, model.tiers()[2:3])
    assert is_optimal(model.network, best)
    assert not is_optimal(model.network, replace(best, units=by_pairs_only.units))


def test_the_certificate_refuses_broken_flows_and_prices() -> None:
    model, best = solved(problem(mentor("a"), mentor("b", level=4), mentee("x"), mentee("y", level=7)))
    leaking = best.units.copy()
    leaking[model.pairs.start] += 1
    assert not is_optimal(model.network, replace(best, units=leaking))
    assert not is_optimal(model.network, replace(best, units=best.units * 2))
    prices = [replace(stage, price=np.arange(model.network.nodes)) for stage in best.stages]
    assert not is_optimal(model.network, replace(best, stages=tuple(prices)))


def test_each_half_of_the_certificate_refuses_by_itself() -> None:
    """No units where an arc costs something, and all of them where it earns something: one without the other passes."""
    model, best = solved(problem(mentor("a"), mentee("x")))
    network = model.network
    nothing, costs = np.zeros_like(best.units), np.ones_like(best.units)
    assert best.units.any()
    for cost, units, is_best in (
        (costs, nothing, True),
        (costs, best.units, False),
        (-costs, nothing, False),
    ):
        stage = Stage(cost, np.zeros(network.nodes, np.int64))
        assert is_optimal(network, Flow(units, (stage,))) is is_best


def test_no_prices_exist_for_a_flow_that_is_not_the_best() -> None:
    model, best = solved(problem(mentor("a"), mentee("x")))
    nothing = np.zeros_like(best.units)
    cost, everywhere = best.stages[0].cost, model.network.room > 0
    assert prices_back(model.network, cost, best.units, everywhere) is not None
    assert prices_back(model.network, cost, nothing, everywhere) is None
    with (
        patch("mentoring.matching.flow.tiers.least_cost", lambda *_: nothing),
        pytest.raises(MatchingFault, match="not the best one"),
    ):
        solve_tiers(model.network, model.tiers())


def test_the_second_look_refuses_illegal_pairs_and_wrong_sums() -> None:
    people = (mentor("a"), mentor("b"), mentee("x"), mentee("own", manager_id="b"))
    context = Context(problem(*people))
    whole = (Part("gap", BEST, LevelsApart(3)),)
    legal = MatchedPair("a", "x", BEST, whole)
    assert verify(context, [legal]).pairs == 1
    with pytest.raises(MatchingFault, match="must not be"):
        verify(context, [legal, MatchedPair("b", "own", BEST, whole)])
    with pytest.raises(MatchingFault, match="must not be"):
        verify(context, [legal, legal])
    with pytest.raises(MatchingFault, match="more partners than room"):
        verify(context, [legal, MatchedPair("b", "x", BEST, whole)])
    with pytest.raises(MatchingFault, match="not the sum of its parts"):
        verify(context, [replace(legal, score=1)])


def test_the_proof_counts_what_was_reached() -> None:
    proof = solve(problem(mentor("a"), mentor("b"), mentee("x", waiting_cycles=2))).proof
    assert (proof.optimal, proof.served, proof.waiting, proof.pairs, proof.score) == (True, 2, 2, 1, BEST)
    assert (proof.candidates, proof.compared, proof.rounds, proof.stages) == (2, 2, 1, 1)
    assert proof.bound == Tally(served=2, waiting=2, pairs=1, score=BEST, kept=0)


def test_all_pairs_of_people_with_room_are_compared_legal_or_not() -> None:
    people = (mentor("a"), mentor("b", level=5), mentor("c", mentor_capacity=0), mentee("x"), mentee("y"))
    assert solve(problem(*people)).proof.compared == 4


@pytest.mark.slow
@given(mixed_problems(), st.booleans())
def test_the_bound_is_what_was_reached_around_fixed_and_standing_pairs(
    given_problem: Problem, large: bool
) -> None:
    found = solve(given_problem).pairs[:1]
    fixed = replace(given_problem, fixed=frozenset((pair.mentor_id, pair.mentee_id) for pair in found))
    proof = (pruned if large else solve)(fixed).proof
    assert proof.optimal
    assert proof.bound == Tally(proof.served, proof.waiting, proof.pairs, proof.score, proof.kept)


@given(open_problems(), st.randoms(use_true_random=False))
def test_no_prices_prove_less_than_what_can_be_reached(given_problem: Problem, draw: random.Random) -> None:
    model, best = solved(given_problem)
    reached = [int(np.sum(tier.worth * best.units)) for tier in model.tiers()]
    assert dual_values(model.network, best.stages) == reached
    (stage,) = best.stages
    others = stage.price + np.array([draw.randint(-BEST, BEST) for _ in stage.price])
    assert dual_values(model.network, [replace(stage, price=others)]) >= reached


def test_a_proof_that_does_not_fit_the_result_is_a_fault() -> None:
    with (
        patch("mentoring.matching.flow.tiers.dual_values", lambda *_: [3, 0, 1, BEST, 0]),
        pytest.raises(MatchingFault, match="The prices prove"),
    ):
        solve(problem(mentor("a"), mentee("x")))


def test_a_score_that_the_pairs_do_not_come_to_is_a_fault() -> None:
    fixed = problem(mentor("a"), mentor("b"), mentee("x"), mentee("y"), fixed=frozenset({("a", "x")}))
    assert solve(fixed).proof.score == 2 * BEST
    search = import_module("mentoring.matching.solve")
    found = search._best_of_all
    with (
        patch.object(search, "_best_of_all", lambda *given: replace(found(*given), score=2 * BEST)),
        pytest.raises(MatchingFault, match="do not add up"),
    ):
        solve(fixed)


def test_nothing_is_bounded_where_nothing_is_proven() -> None:
    with patch("mentoring.matching.flow.network.is_optimal", lambda *_: False):
        proof = solve(problem(mentor("a"), mentee("x"))).proof
    assert (proof.optimal, proof.bound) == (False, None)
