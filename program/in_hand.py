"""Messages whose button somebody has just pressed: for that moment, the answer to the press shows what they say."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

Place = tuple[str, str]
"""Where a message stands: its conversation and its ts."""


class InHand:
    """The places of such messages, in this process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Counter[Place] = Counter()

    def __contains__(self, place: object) -> bool:
        with self._lock:
            return place in self._held

    @contextmanager
    def holding(self, place: Place) -> Iterator[None]:
        """Keep whoever delivers from the message at this place."""
        with self._lock:
            self._held[place] += 1
        try:
            yield
        finally:
            with self._lock:
                self._held[place] -= 1
                if not self._held[place]:
                    del self._held[place]
