"""Figures: medians, percentiles, and how many times as much one contender takes as another."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

ENOUGH = 5.0
"""Seconds: what has been measured for so long is not measured again."""

_TIMES = 3

_Run = TypeVar("_Run")


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some numbers, and the smallest and largest of them."""

    median: float
    low: float
    high: float


def spread(numbers: Sequence[float]) -> Spread:
    """The median of at least one number, with the smallest and largest."""
    return Spread(statistics.median(numbers), min(numbers), max(numbers))


def p95(numbers: Sequence[float]) -> float:
    """The smallest of the numbers that 95 of 100 of them do not exceed (the nearest-rank percentile)."""
    return sorted(numbers)[math.ceil(0.95 * len(numbers)) - 1]


def times(these: Sequence[float], those: Sequence[float]) -> Spread:
    """How many times as large these are as those, compared pair by pair.

    Both were measured in turns, so two neighbors share whatever else the machine was doing.
    """
    return spread([one / other for one, other in zip(these, those, strict=True)])


def short(value: float) -> str:
    """A number with about three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def middle_run(run: Callable[[], _Run], seconds: Callable[[_Run], float]) -> _Run:
    """Run something three times, or fewer if it takes long; return the run of median length."""
    runs = [run()]
    while len(runs) < _TIMES and sum(map(seconds, runs)) < ENOUGH:
        runs.append(run())
    return sorted(runs, key=seconds)[(len(runs) - 1) // 2]
