"""Rate limits: Slack's tiers per method, and about one message per second and channel.

Sources: docs.slack.dev/apis/web-api/rate-limits for the tiers, the one-message-per-second rule with its
"short bursts" and the workspace cap of "several hundred" messages a minute. The size of a burst and the
cap are not published: Settings.post_burst and Settings.posts_per_minute.
"""

from __future__ import annotations

import math
import time
from collections import deque

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.settings import Settings

PER_MINUTE = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 600}
"""Calls a minute by tier; t5 ("special", such as auth.test) allows hundreds."""


class RateLimited(SlackError):
    """HTTP 429 with ``Retry-After`` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class RateLimits:
    """Sliding one-minute windows per method, and a token bucket per channel for posting."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._windows: dict[str, deque[float]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    def _now(self) -> float:
        if self._settings.rate_clock == "business":
            return self._clock.now().timestamp()
        return time.monotonic()

    def count(self, method: str, tier: str) -> None:
        """Count a call to a method, or raise RateLimited when its minute is full."""
        if self._settings.rate_clock != "off":
            self._window(method, PER_MINUTE[tier])

    def count_post(self, channel: str) -> None:
        """Count a chat.postMessage to one channel and to the workspace, or raise RateLimited."""
        if self._settings.rate_clock == "off":
            return
        now, burst = self._now(), float(self._settings.post_burst)
        left, since = self._buckets.get(channel, (burst, now))
        left = min(burst, left + max(0.0, now - since))
        if left < 1:
            raise RateLimited(max(1, math.ceil(1 - left)))
        self._window("posts of the workspace", self._settings.posts_per_minute)
        self._buckets[channel] = (left - 1, now)

    def _window(self, name: str, limit: int) -> None:
        now, window = self._now(), self._windows.setdefault(name, deque())
        while window and window[0] <= now - 60:
            window.popleft()
        if len(window) >= limit:
            raise RateLimited(max(1, math.ceil(window[0] + 60 - now)))
        window.append(now)
