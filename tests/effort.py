"""How hard the random tests try: `TEST_EFFORT=20` makes twenty times as many examples, for a machine with time."""

from __future__ import annotations

import os

import pytest

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))


def examples(usual: int) -> int:
    """The number of examples for a test that makes so many in a usual run."""
    return usual * EFFORT


def seeds(at_once: int, in_all: int) -> list[object]:
    """Seeds to parametrize a test with: a few in a usual run, the others among the slow proofs."""
    others = (pytest.param(seed, marks=pytest.mark.slow) for seed in range(at_once, in_all))
    return [*range(at_once), *others]
