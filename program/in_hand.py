"""Messages whose button somebody has just pressed: for that moment, the answer to the press shows what they say."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.outbox.queued import Place

__all__ = ["Place"]


@dataclass(slots=True)
class Holding:
    """One press of a button of such a message; whoever answers it says whether the message was `shown` as it is now."""

    shown: bool = False


class InHand:
    """The places of such messages, in this process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Counter[Place] = Counter()

    def __contains__(self, place: object) -> bool:
        with self._lock:
            return place in self._held

    @contextmanager
    def holding(self, place: Place) -> Iterator[Holding]:
        """Keep whoever delivers from the message at this place."""
        with self._lock:
            self._held[place] += 1
        try:
            yield Holding()
        finally:
            with self._lock:
                self._held[place] -= 1
                if not self._held[place]:
                    del self._held[place]
