"""Whether the requests that come fit the signing secret: with a wrong one, none ever does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import Final

DOUBT: Final = "no request so far fits SLACK_SIGNING_SECRET"
"""How the sign of life begins to say that the secret may be wrong."""

WARN_EVERY: Final = 60.0
"""Seconds between two warnings."""


class Signatures:
    """Counts what was refused for its signature before the first request that fitted. Safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._warned_at: float | None = None
        self._refused = 0
        self._fitted = False

    def refused(self) -> str:
        """Somebody signed a request with another secret; gives what the operator should be warned of, once a minute."""
        with self._lock:
            self._refused += 1
            now = self._clock()
            if self._fitted or (self._warned_at is not None and now - self._warned_at < WARN_EVERY):
                return ""
            self._warned_at = now
        return f"{self.doubt()}. Copy the signing secret of your Slack app once more if these requests are Slack's."

    def fitted(self) -> None:
        """Slack signed a request with the secret that is set here."""
        self._fitted = True

    def doubt(self) -> str:
        """That the secret may be wrong; empty once it has proved right, and while nobody has asked."""
        if self._fitted or not self._refused:
            return ""
        return f"{DOUBT}, and {self._refused} had a signature of another one"
