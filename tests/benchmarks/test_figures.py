"""The arithmetic of the benchmarks."""

from __future__ import annotations

import pytest

from benchmarks.contender import BARE, Contender
from benchmarks.figures import Spread, p95, spread, times
from benchmarks.results import Line

SMALL, LARGE = Contender(100), Contender(100_000)


def test_a_spread_is_the_median_with_the_smallest_and_the_largest() -> None:
    assert spread([5, 1, 3]) == Spread(3, 1, 5)
    assert spread([4, 1, 3, 2]) == Spread(2.5, 1, 4)


@pytest.mark.parametrize(("numbers", "expected"), [([7.0], 7), (range(1, 21), 19), (range(100, 0, -1), 95)])
def test_95_of_100_numbers_do_not_exceed_the_p95(numbers: list[float], expected: float) -> None:
    assert p95(numbers) == expected


def test_neighbors_are_compared_before_the_median_is_taken() -> None:
    # The machine was ten times as slow in the second turn, for both.
    assert times([2, 20, 3], [1, 10, 1]) == Spread(2, 2, 3)


def test_a_turn_that_one_of_them_missed_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        times([1, 2], [1])


def test_more_than_one_is_worse_for_times_and_for_rates() -> None:
    samples = {BARE: [10.0, 20.0], SMALL: [20.0, 40.0], LARGE: [20.0, 20.0]}
    seconds = Line("Start", "until connected", "s", samples)
    rate = Line("Command", "a crowd", "a second", samples, more_is_better=True)
    assert seconds.value(SMALL) == 30
    assert seconds.beside(SMALL, BARE) == Spread(2, 2, 2)
    assert rate.beside(SMALL, BARE) == Spread(0.5, 0.5, 0.5)
    assert rate.beside(LARGE, SMALL) == Spread(1.5, 1, 2)
