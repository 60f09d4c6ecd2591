"""How hard the random tests try: `TEST_EFFORT=20` makes twenty times as many examples, for a machine with time."""

from __future__ import annotations

import os

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))


def examples(usual: int) -> int:
    """The number of examples for a test that makes so many in a usual run."""
    return usual * EFFORT
