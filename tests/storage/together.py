"""Several threads that do the same thing at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tests.patience import PATIENCE

T = TypeVar("T")


def together(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Call `act` with 0, 1, 2 … in as many threads, all released at once; gives what each got or ran into."""
    gate = threading.Barrier(count)

    def run(number: int) -> T | Exception:
        gate.wait(PATIENCE)
        try:
            return act(number)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the test looks at it
            return problem

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
