"""How fast the bot may call Slack: limits per method and per conversation, and pauses that Slack asked for.

Slack's limits (https://docs.slack.dev/apis/web-api/rate-limits): messages about one a second in each
conversation, with short bursts, and several hundred a minute in a workspace; every other method by its tier,
so many calls a minute per method and workspace. Staying below them keeps Slack from answering 429 in the
first place; `park` is for when it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

Key = tuple[str, str | None]
"""What a limit holds for: a method in one conversation, or (with None) a method in the whole workspace."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` calls at once, and one more each `interval` seconds after that.

    So no window of w seconds, wherever it starts, holds more than `burst + w / interval` calls.
    """

    interval: float
    burst: int

    @classmethod
    def per_minute(cls, calls: int, burst: int) -> Self:
        """At most `calls` in any 60 seconds, of which `burst` may come at once."""
        return cls(60 / (calls - burst), burst)


PER_CONVERSATION: Final = Limit(interval=1.0, burst=3)
"""Messages in one conversation: Slack allows one a second and short bursts, of a length it does not name."""

POSTING: Final = Limit.per_minute(240, burst=20)
"""Messages in the workspace: Slack says "several hundred per minute"; this stays at the low end of that."""

TIER_2: Final = Limit.per_minute(20, burst=5)
TIER_3: Final = Limit.per_minute(50, burst=10)
TIER_4: Final = Limit.per_minute(100, burst=20)

METHODS: Final[Mapping[str, Limit]] = {
    "chat.postMessage": POSTING,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "conversations.open": TIER_3,
    "conversations.info": TIER_3,
    "conversations.history": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.update": TIER_4,
    "views.push": TIER_4,
    "views.publish": TIER_4,
}
"""Each method's limit in a workspace, by the tier on its reference page; others have none here."""

_POSTS: Final = frozenset({"chat.postMessage", "chat.postEphemeral"})
_PRUNE_AT: Final = 1024
_CLOCK_NOISE: Final = 1e-6
"""Seconds; less is rounding in the sums of floats, and not worth a sleep."""


class Pacing:
    """Says when a call may be made. Safe to use from several threads; `monotonic` is a clock in seconds.

    Each limit is kept as one number, the moment at which its bucket is full again (the "virtual scheduling"
    form of the generic cell rate algorithm, ITU-T I.371 annex A); a full bucket needs no memory at all.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._full_at: dict[Key, float] = {}
        self._parked_until: dict[Key, float] = {}
        self._prune_at = _PRUNE_AT

    def ready_in(self, method: str, conversation: str | None = None) -> float:
        """Seconds until this call may be made; 0 when it may be made now."""
        with self._lock:
            return self._wait(method, conversation, self._monotonic())

    def take(self, method: str, conversation: str | None = None) -> float:
        """Count this call in and return 0 when it may be made now; else count nothing and return the wait."""
        with self._lock:
            now = self._monotonic()
            wait = self._wait(method, conversation, now)
            if wait == 0:
                for key, limit in _limits(method, conversation):
                    self._full_at[key] = max(self._full_at.get(key, now), now) + limit.interval
                self._forget_full(now)
            return wait

    def park(self, method: str, conversation: str | None, seconds: float) -> None:
        """Hold a method back in one conversation or (None) everywhere, for the `seconds` of a Retry-After."""
        with self._lock:
            until = self._monotonic() + seconds
            key = (method, conversation)
            self._parked_until[key] = max(self._parked_until.get(key, until), until)

    def _wait(self, method: str, conversation: str | None, now: float) -> float:
        free_at = [self._parked_until.get(key, now) for key in ((method, None), (method, conversation))]
        for key, limit in _limits(method, conversation):
            free_at.append(self._full_at.get(key, now) - (limit.burst - 1) * limit.interval)
        wait = max(free_at) - now
        return wait if wait > _CLOCK_NOISE else 0.0

    def _forget_full(self, now: float) -> None:
        """Drop what no longer holds anything back, each time the memory has doubled."""
        if len(self._full_at) + len(self._parked_until) < self._prune_at:
            return
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        self._parked_until = {key: at for key, at in self._parked_until.items() if at > now}
        self._prune_at = max(_PRUNE_AT, 2 * (len(self._full_at) + len(self._parked_until)))


def _limits(method: str, conversation: str | None) -> list[tuple[Key, Limit]]:
    """The limits one call counts against."""
    limits: list[tuple[Key, Limit]] = []
    if method in METHODS:
        limits.append(((method, None), METHODS[method]))
    if method in _POSTS and conversation is not None:
        limits.append(((method, conversation), PER_CONVERSATION))
    return limits
