"""Why two people are not a pair: the rule, or what the whole would lose."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.matching import MatchingError, Problem, Rule, WhyNot, solve, why_not
from tests.effort import examples
from tests.matching.builders import mentee, mentor, open_problems, problem
from tests.matching.exact import legal_pairs


def test_a_rule_against_the_pair_is_the_answer() -> None:
    found = why_not(problem(mentor("a", level=5), mentee("x")), "a", "x")
    assert [broken.rule for broken in found.broken] == [Rule.LEVEL]
    assert found.words == "The mentee has to be at least one level above the mentor."


def test_a_private_list_is_not_told() -> None:
    found = why_not(problem(mentor("a", avoid=frozenset({"x"})), mentee("x")), "a", "x")
    assert found.words == "They should not be paired."


@pytest.mark.slow
def test_the_best_pair_is_named_as_such() -> None:
    assert why_not(problem(mentor("a"), mentee("x")), "a", "x") == WhyNot(
        "a", "x", "They are a pair in the best result."
    )


def test_a_pair_that_leaves_somebody_alone() -> None:
    people = [mentor("a", shares=("AI tools", "SQL")), mentor("b"), mentee("x"), mentee("y", wants=("SQL",))]
    found = why_not(problem(*people), "a", "x")
    assert (found.served, found.pairs, found.gone, found.new) == (2, 1, (("a", "y"), ("b", "x")), ())
    assert found.words == (
        "They could be a pair, but then two people fewer would have a partner, counted per role. "
        "Two proposed pairs would go."
    )


def test_a_pair_that_makes_others_wait_longer() -> None:
    found = why_not(problem(mentor("a"), mentee("x"), mentee("y", waiting_cycles=2)), "a", "x")
    assert (found.served, found.waiting) == (0, 2)
    assert "would have waited two cycles less in all." in found.words


def test_a_pair_that_costs_another_pair() -> None:
    people = [mentor("a", mentor_capacity=2), mentor("b"), mentee("x"), mentee("y", mentee_capacity=2)]
    found = why_not(problem(*people), "b", "x")
    assert (found.served, found.waiting, found.pairs) == (0, 0, 1)
    assert found.words == (
        "They could be a pair, but then there would be one pair fewer in all. Two proposed pairs would go."
    )


def test_a_pair_that_scores_lower() -> None:
    people = [mentor("a", level=2), mentor("b", level=4), mentee("x"), mentee("y", level=7)]
    found = why_not(problem(*people), "a", "y")
    assert (found.served, found.waiting, found.pairs, found.score) == (0, 0, 0, 4000 - 2 * 666)
    assert found.gone == (("a", "x"), ("b", "y"))
    assert found.new == (("b", "x"),)
    assert found.words == (
        "They could be a pair, but the scores of all pairs would add up to 17,332, instead of 20,000. "
        "Two proposed pairs would go, and one other would come."
    )


def test_a_pair_as_good_as_the_chosen_one() -> None:
    people = [mentor("a"), mentor("b"), mentee("x")]
    chosen = {pair.mentor_id for pair in solve(problem(*people)).pairs}
    (other,) = {"a", "b"} - chosen
    assert why_not(problem(*people), other, "x").words == (
        "They could be a pair: the whole would be just as good. One proposed pair would go."
    )


def test_a_fixed_pair_that_takes_the_room_is_named() -> None:
    given_problem = problem(mentor("a"), mentee("x"), mentee("y"), fixed=frozenset({("a", "y")}))
    assert [broken.rule for broken in why_not(given_problem, "a", "x").broken] == [Rule.FULL]


def test_strangers_are_an_error() -> None:
    with pytest.raises(MatchingError, match="nobody is not among the people given"):
        why_not(problem(mentor("a"), mentee("x")), "a", "nobody")


@settings(max_examples=examples(60))
@given(open_problems(), st.randoms(use_true_random=False))
def test_no_pair_ever_makes_the_whole_better(given_problem: Problem, draw: random.Random) -> None:
    legal = legal_pairs(given_problem)
    assume(legal)
    mentor_id, mentee_id = draw.choice(legal)
    found = why_not(given_problem, mentor_id, mentee_id)
    assert not found.broken
    assert (found.served, found.waiting, found.pairs, found.score) >= (0, 0, 0, 0)
