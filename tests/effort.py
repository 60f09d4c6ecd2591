"""How hard the random tests try: `TEST_EFFORT=20` makes twenty times as many examples, for a machine with time."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, settings

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))

KNOWN_LIVES = EFFORT <= 2
"""Whether random lives are the same each time: what a change has to pass tells the same twice. More effort finds new
ones, for whoever has the time to look at what they find."""


AT_LENGTH = EFFORT >= 3
"""Whether there is time for what takes minutes and proves little more: whole years, the two hundredth seed."""

at_length = pytest.mark.skipif(not AT_LENGTH, reason="takes minutes, or an hour: `make proofs` runs it")
"""Marks what only such a run has time for."""


def examples(usual: int) -> int:
    """The number of examples for a test that makes so many in a usual run."""
    return usual * EFFORT


def lives(usual: int, steps: int) -> settings:
    """How many random lives of so many steps there are: the same each time, or new ones with more effort."""
    return settings(
        max_examples=usual if KNOWN_LIVES else examples(usual),
        derandomize=KNOWN_LIVES,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def seeds(at_once: int, slow: int, in_all: int = 0) -> list[object]:
    """Seeds to parametrize a test with: a few in a usual run, more among the slow proofs, the rest `at_length`."""
    return usually(range(at_once), range(slow), range(slow, in_all))


def usually(
    chosen: Iterable[object], given: Iterable[object], at_last: Iterable[object] = ()
) -> list[object]:
    """Values to parametrize a test with: in a usual run the chosen ones of what is given, the others among the slow
    proofs, and what comes at last only `at_length`.
    """
    at_once = list(chosen)
    return [
        *(one if one in at_once else pytest.param(one, marks=pytest.mark.slow) for one in given),
        *(pytest.param(one, marks=[pytest.mark.slow, at_length]) for one in at_last),
    ]


def sized(usual: int, full: int) -> int:
    """How large a test is that takes minutes in full: so large as proves most of it, or in full `at_length`."""
    return full if AT_LENGTH else usual
