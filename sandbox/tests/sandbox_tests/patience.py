"""How long these tests wait for what should come at once, and how hard the random ones try."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds; a dead man's switch that no busy machine reaches."""

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))


def soon(look: Callable[[], T]) -> T:
    """What `look` finds, as soon as it finds something."""
    ends = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > ends:
            raise AssertionError("it did not happen")
        time.sleep(0.005)
    return found


def examples(usual: int) -> int:
    """The number of examples for a test that makes so many in a usual run."""
    return usual * EFFORT


def usually(chosen: Iterable[object], given: Iterable[object]) -> list[object]:
    """What is given, to parametrize a test with: in a usual run what is chosen, the rest among the slow proofs."""
    at_once = list(chosen)
    return [one if one in at_once else pytest.param(one, marks=pytest.mark.slow) for one in given]
