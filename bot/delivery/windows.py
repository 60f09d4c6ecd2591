"""How many calls of one method a minute may hold: what was called, who may use what is left, and what Slack taught.

The limit is learned as congestion control learns (additive increase, multiplicative decrease, RFC 5681): a 429 lowers
it to what was let through, and what has gone well for a long time raises it again, up to what Slack documents.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import Final

PER_MINUTE: Final = 60.2
"""Seconds of a minute, and a little more for clocks that do not agree."""

CLOCK_NOISE: Final = 1e-6
"""Seconds; less is rounding in the sums of floats, and not worth a sleep."""

RESERVE: Final = 1 / 60
"""The part of a limit that only a call for help, or a question to leads, may use."""

KEPT: Final = 0.4
"""The part of a limit that is kept for answers: in each stretch of time, what steady mail leaves is as much of it."""

DUE: Final = 0.1
"""The part of a limit that steady mail gets, however much is answered."""

HARDLY: Final = 0.2
"""Below this part of a limit, a 429 teaches nothing about it."""

LOWER: Final = 0.8
"""A 429 lowers a limit by at least so much."""

PATIENCE: Final = 600.0
"""Seconds without a 429 after which a lowered limit is raised; twice as many after each further 429."""

LONGEST_PATIENCE: Final = 2 * 3600.0
"""A limit that Slack has really lowered costs a refusal every few hours then; a passing trouble is over in a day."""

LOWEST: Final = 0.1
"""The part of a documented limit below which none is learned: an hour in which Slack refuses all is no limit."""


class Claim(Enum):
    """How much of a limit a call may use."""

    WHOLE = "all of it: somebody needs help"
    MOST = "all but the reserve: it answers somebody"
    STEADY = "evenly, so that there is always something left for the others"


@dataclass(frozen=True, slots=True)
class PerMinute:
    """At most so many calls in any minute; of steady mail, `burst` may come at once, and the others evenly."""

    calls: int
    burst: int


class Window:
    """The calls of one method in the last minute. Moments are seconds of one clock that never goes back."""

    def __init__(self, limit: PerMinute) -> None:
        self._limit = limit
        self._log: deque[float] = deque()
        self._full_at = 0.0
        self._steady_at = 0.0
        self._patience = PATIENCE
        self._raise_at: float | None = None
        self.calls = limit.calls

    def made(self, now: float) -> int:
        """How many calls the minute up to now holds."""
        self._forget(now)
        return len(self._log)

    def free_at(self, now: float, claim: Claim) -> float:
        """When the next call of that claim may be made, if no other is made before."""
        self._forget(now)
        self._recover(now)
        if claim is Claim.WHOLE:
            return self._room_at(now, self.calls)
        if claim is Claim.MOST:
            return self._room_at(now, self._shared)
        burst = min(self._limit.burst, self._shared)
        evenly = max(self._even_at(now), self._full_at - (burst - 1) * self._interval)
        due = self._steady_at + self._interval / DUE
        return min(evenly, max(self._room_at(now, self._shared), due))

    def count(self, at: float, claim: Claim = Claim.WHOLE) -> None:
        """Count a call in; not earlier than the one before."""
        if claim is Claim.STEADY:
            self._steady_at = at
        at = max(at, self._log[-1]) if self._log else at
        self._log.append(at)
        self._full_at = max(self._full_at, at) + self._interval

    def answered(self, now: float) -> float:
        """Let the last call count from now; gives how long it took."""
        if not self._log:
            return 0.0
        took, self._log[-1] = max(0.0, now - self._log[-1]), max(now, self._log[-1])
        return took

    def refused(self, now: float) -> None:
        """The last call was refused: what went through before it is what Slack allows, though not less than half.

        Where hardly anything went through, it was not this limit that was met.
        """
        self._forget(now)
        if self._log:
            self._log.pop()
        through = len(self._log)
        if through < HARDLY * self.calls:
            return
        # What went through is close to the limit where Slack counts otherwise than in minutes, and tells little then.
        lowest = max(1, int(LOWEST * self._limit.calls))
        self.calls = max(lowest, min(through, int(LOWER * self.calls)), self.calls // 2)
        self._raise_at = now + self._patience
        self._patience = min(2 * self._patience, LONGEST_PATIENCE)

    @property
    def _shared(self) -> int:
        return max(1, self.calls - int(self.calls * RESERVE))

    @property
    def _interval(self) -> float:
        return PER_MINUTE / self._shared

    def _room_at(self, now: float, most: int) -> float:
        over = len(self._log) - most
        return self._log[over] + PER_MINUTE if over >= 0 else now

    def _even_at(self, now: float) -> float:
        """When enough is left for the answers that may come until the oldest call of then is a minute old."""
        log, gone = self._log, max(0, len(self._log) - self._shared + 1)
        at = self._log[gone - 1] + PER_MINUTE if gone else now
        if gone == len(log):
            return at
        left = self._shared - (len(log) - gone) - 1
        return max(at, log[gone] + PER_MINUTE - left * PER_MINUTE / (KEPT * self.calls))

    def _forget(self, now: float) -> None:
        while self._log and self._log[0] <= now - PER_MINUTE + CLOCK_NOISE:
            self._log.popleft()

    def _recover(self, now: float) -> None:
        while self._raise_at is not None and now >= self._raise_at:
            self.calls = min(self._limit.calls, self.calls + max(1, self._limit.calls // 10))
            if self.calls < self._limit.calls:
                self._raise_at += self._patience
            else:
                self._raise_at, self._patience = None, max(PATIENCE, self._patience / 2)
