"""A clock that runs fast and can leap, so that weeks pass in a minute."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta


class FastClock:
    """Business time: `speed` seconds pass in each real one, and `leap_to` skips what nobody wants to wait for."""

    def __init__(self, start: datetime, speed: float) -> None:
        """Begin at `start`, an aware datetime."""
        self._start = start
        self._speed = speed
        self._began = time.monotonic()
        self._leapt = timedelta()
        self._lived = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The business time, an aware datetime that never runs backwards."""
        with self._lock:
            return self._start + self._leapt + timedelta(seconds=self._passed())

    def monotonic(self) -> float:
        """Seconds of business time since the beginning, leaps included."""
        return (self.now() - self._start).total_seconds()

    def leap_to(self, moment: datetime) -> None:
        """Make it that moment now; a moment that has passed changes nothing."""
        with self._lock:
            ahead = moment - (self._start + self._leapt + timedelta(seconds=self._passed()))
            self._leapt += max(ahead, timedelta())

    def run_at(self, speed: float) -> None:
        """Let so many seconds pass in each real one from now on."""
        with self._lock:
            self._lived = self._passed()
            self._began, self._speed = time.monotonic(), speed

    def _passed(self) -> float:
        return self._lived + (time.monotonic() - self._began) * self._speed
