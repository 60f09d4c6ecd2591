"""Figures: medians, percentiles, and how many times as much one contender takes as another."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


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
