"""How long a message waits before it is tried again, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FIRST_RETRY: Final = 2.0
LONGEST_RETRY: Final = 3600.0
FIRST_OF_FEW: Final = 3600.0
LONGEST_OF_FEW: Final = 8 * 3600.0


def backoff(tried: int) -> float:
    """After so many attempts at what passes by itself: twice as long each time, up to an hour."""
    return _doubled(FIRST_RETRY, tried, LONGEST_RETRY)


def rarely(tried: int) -> float:
    """After so many attempts at what a setting stands in the way of: one, two, four and then always eight hours.

    That is six times on the first day, and three on every other.
    """
    return _doubled(FIRST_OF_FEW, tried, LONGEST_OF_FEW)


def _doubled(first: float, tried: int, longest: float) -> float:
    times = min(max(0, tried - 1), 20)  # 20 is far beyond any wait already
    return min(first * (1 << times), longest)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which something rests. A clock that is set back to before it ends it, and does not make it longer."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, now: datetime, seconds: float) -> Pause:
        """A pause that begins now."""
        return cls(now, now + timedelta(seconds=seconds))

    def goes_on(self, now: datetime) -> bool:
        """Whether it has not ended yet."""
        return self.since <= now < self.until
