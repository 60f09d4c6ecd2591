"""How long these tests wait for what should come at once, and how hard the random ones try."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

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
