"""The parts of a score: points, words, and the same sums on arrays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching import BEST, MatchingError, Weights, score_parts
from tests.matching.builders import MENTEE, MENTOR, MONDAY, participants


def parts(
    mentor: dict[str, Any], mentee: dict[str, Any], weights: Weights | None = None
) -> dict[str, tuple[int, str]]:
    found = score_parts(replace(MENTOR, **mentor), replace(MENTEE, **mentee), weights or Weights(), MONDAY)
    return {part.name: (part.points, part.words) for part in found}


def test_the_best_thinkable_pair() -> None:
    assert parts({}, {}) == {
        "skill_fit": (5000, "Teaches “AI tools” (first choice)"),
        "gap": (2000, "Three levels apart"),
        "hours_overlap": (2000, "8 shared hours a day"),
        "other_department": (1000, "Different departments"),
    }
    assert sum(points for points, _ in parts({}, {}).values()) == BEST


@pytest.mark.parametrize(
    ("shares", "wants", "points", "words"),
    [
        (("A",), ("A", "B"), 3333, "Teaches “A” (first choice)"),
        (("B",), ("A", "B"), 1666, "Teaches “B” (second choice)"),
        (("B", "A"), ("A", "A", "B"), 5000, "Teaches “A” (first choice) and “B” (second choice)"),
        (
            tuple("ABCDE"),
            tuple("ABCDE"),
            5000,
            "Teaches “A” (first choice), “B” (second choice), “C” (third choice) and 2 more",
        ),
        (("K",), tuple("ABCDEFGHIJK"), 139, "Teaches “K” (choice 11)"),
    ],
)
def test_skills_count_by_their_rank(
    shares: tuple[str, ...], wants: tuple[str, ...], points: int, words: str
) -> None:
    assert parts({"shares": shares}, {"wants": wants})["skill_fit"] == (points, words)


@pytest.mark.parametrize(
    ("level", "points", "words"),
    [(4, 666, "One level apart"), (3, 1000, "Two levels apart"), (2, 2000, "Three levels apart")],
)
def test_the_gap_counts_by_its_distance_from_the_ideal(level: int, points: int, words: str) -> None:
    assert parts({"level": level}, {})["gap"] == (points, words)


@pytest.mark.parametrize(
    ("hours", "points", "words"),
    [
        ((540, 600), 500, "1 shared hour a day"),
        ((540, 675), 1125, "2 hours 15 minutes of shared working time a day"),
        ((540, 570), 250, "30 minutes of shared working time a day"),
        ((60, 120), 0, "No shared working hours"),
        ((540, 840), 2000, "5 shared hours a day"),
    ],
)
def test_hours_count_up_to_four(hours: tuple[int, int], points: int, words: str) -> None:
    assert parts({"hours": hours}, {})["hours_overlap"] == (points, words)


def test_departments_count_when_both_are_known() -> None:
    assert parts({"department": "finance"}, {})["other_department"] == (0, "Same department")
    assert "other_department" not in parts({"department": " "}, {})


def test_waiting_is_said_and_scores_nothing() -> None:
    assert parts({}, {"waiting_cycles": 1})["waiting"] == (0, "The mentee has waited one cycle")
    both = parts({"waiting_cycles": 2}, {"waiting_cycles": 1})["waiting"][1]
    assert both == "The mentor has waited two cycles and the mentee has waited one cycle"


def test_a_weight_of_zero_switches_a_preference_off() -> None:
    only_gap = Weights(skill_fit=0, hours_overlap=0, other_department=0)
    assert parts({}, {}, only_gap)["gap"][0] == BEST
    assert parts({}, {}, only_gap)["skill_fit"][0] == 0
    nothing = Weights(0, 0, 0, 0)
    assert {points for points, _ in parts({}, {}, nothing).values()} == {0}


def test_the_same_pair_scores_by_the_weights_and_on_the_monday_asked_for() -> None:
    london = replace(MENTEE, time_zone="Europe/London")
    new_york = replace(MENTOR, time_zone="America/New_York")
    found = [
        {part.name: part.points for part in score_parts(new_york, london, weights, on)}
        for weights in (Weights(), Weights(gap=0, ideal_gap=5))
        for on in (date(2026, 3, 2), date(2026, 3, 9))
    ]
    assert [points["gap"] for points in found] == [2000, 2000, 0, 0]
    assert [points["hours_overlap"] for points in found] == [1500, 2000, 1875, 2500]


def test_weights_out_of_range_are_refused() -> None:
    with pytest.raises(MatchingError, match="The weight gap has to be from 0 to 1,000, and is -1"):
        Weights(gap=-1)


@given(participants("a"), participants("b"), st.builds(Weights, *[st.integers(0, 1000)] * 4))
def test_scores_stay_in_range(mentor: Any, mentee: Any, weights: Weights) -> None:
    found = score_parts(mentor, mentee, weights, MONDAY)
    assert 0 <= sum(part.points for part in found) <= BEST
