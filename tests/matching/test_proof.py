"""The certificate and the second look refuse what is not the best or not legal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.matching import BEST, MatchedPair, MatchingFault, Part, Problem, solve
from mentoring.matching.candidates import Board
from mentoring.matching.context import Context
from mentoring.matching.flow import Flow, is_optimal, solve_tiers
from mentoring.matching.network import Model, build
from mentoring.matching.verify import verify
from tests.matching.builders import MONDAY, mentee, mentor, open_problems, organization, problem


def solved(given_problem: Problem) -> tuple[Model, Flow]:
    board = Board(Context(given_problem))
    model = build(board, board.candidates())
    return model, solve_tiers(model.network, model.tiers)


@settings(deadline=None)
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
    by_pairs_only = solve_tiers(model.network, model.tiers[2:3])
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


def test_no_prices_exist_for_a_flow_that_is_not_the_best() -> None:
    from mentoring.matching.flow import _prices

    model, best = solved(problem(mentor("a"), mentee("x")))
    nothing = np.zeros_like(best.units)
    with pytest.raises(MatchingFault, match="not the best one"):
        _prices(model.network, best.stages[0].cost, nothing, model.network.room > 0)


def test_the_second_look_refuses_illegal_pairs_and_wrong_sums() -> None:
    people = (mentor("a"), mentor("b"), mentee("x"), mentee("own", manager_id="b"))
    context = Context(problem(*people))
    whole = (Part("gap", BEST, "Three levels apart"),)
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
    assert (proof.candidates, proof.rounds, proof.stages) == (2, 1, 1)
