"""Whether the requests that come fit the signing secret: with a wrong one, none ever does."""

from __future__ import annotations

import threading
from typing import Final

DOUBT: Final = "no request so far fits SLACK_SIGNING_SECRET"
"""How the sign of life begins to say that the secret may be wrong."""


class Signatures:
    """Counts what was refused for its signature before the first request that fitted. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused = 0
        self._fitted = False

    def refused(self) -> None:
        """Somebody signed a request with another secret."""
        with self._lock:
            self._refused += 1

    def fitted(self) -> None:
        """Slack signed a request with the secret that is set here."""
        self._fitted = True

    def doubt(self) -> str:
        """That the secret may be wrong; empty once it has proved right, and while nobody has asked."""
        if self._fitted or not self._refused:
            return ""
        return f"{DOUBT}, and {self._refused} had a signature of another one"
