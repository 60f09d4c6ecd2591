"""How long tests wait for what should come at once: a dead man's switch that no busy machine reaches."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds; a tenth of the time that pyproject.toml gives a test, so that the wait fails first, and says for what."""


def soon(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    ends = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > ends:
            raise AssertionError("it did not happen")
        time.sleep(0.005)
    return found
