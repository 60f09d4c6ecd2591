"""Clock: business time, and the timestamps that identify Slack messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]


class Clock:
    """Business time plus Slack's message timestamps: seconds with six decimals, never the same twice."""

    def __init__(self, now: Now | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self._last_micros = 0

    def now(self) -> datetime:
        """Return the business time as an aware datetime."""
        return self._now()

    def epoch(self) -> int:
        """Return business time in whole Unix seconds."""
        return int(self._now().timestamp())

    def mint_ts(self) -> str:
        """Return a message timestamp later than every one returned before."""
        micros = max(int(self._now().timestamp() * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
