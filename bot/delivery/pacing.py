"""How fast the bot may call Slack: limits per method and per conversation, and pauses that Slack asked for.

Slack's limits (https://docs.slack.dev/apis/web-api/rate-limits): messages about one a second in each conversation, with
short bursts, and several hundred a minute in a workspace; every other method by its tier, so many calls a minute per
method and workspace. Staying below them keeps Slack from answering 429 in the first place; `refused` is for when it
does, and learns from it.

Slack does not say how it counts its minutes. So no 60 seconds, wherever they begin, hold more calls than the limit:
that is right for windows that slide, for windows that are fixed, and for buckets that fill. A call counts from its
answer, since only then is it certain that Slack has counted it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.delivery.windows import CLOCK_NOISE, HARDLY, PER_MINUTE, Claim, PerMinute, Window

Key = tuple[str, str]
"""A method in one conversation."""

POSTING: Final = PerMinute(300, burst=20)
"""Messages in the workspace: Slack says "several hundred per minute"."""

TIER_2: Final = PerMinute(20, burst=5)
TIER_3: Final = PerMinute(50, burst=10)
TIER_4: Final = PerMinute(100, burst=20)

METHODS: Final[Mapping[str, PerMinute]] = {
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

INTERVAL: Final = 1.0
"""Seconds between two messages in one conversation, by Slack's "one per second"."""

BURST: Final = 3
"""Messages that may come at once in a conversation: Slack allows "short bursts", of a length it does not name."""

MARGIN: Final = 0.25
"""Seconds that a pause lasts longer than Slack asked for, which says so in whole seconds."""

_POSTS: Final = frozenset({"chat.postMessage", "chat.postEphemeral"})
_PRUNE_AT: Final = 1024


@dataclass(frozen=True, slots=True)
class Earlier:
    """A call that was made before this pacing began: its method, the conversation, and how many seconds ago."""

    method: str
    conversation: str | None
    ago: float


class Pacing:
    """Says when a call may be made. Safe to use from several threads; `monotonic` is a clock in seconds.

    In a conversation, the limit is kept as one number, the moment at which its bucket is full again (the "virtual
    scheduling" form of the generic cell rate algorithm, ITU-T I.371 annex A); a full bucket needs no memory at all.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._windows = {method: Window(limit) for method, limit in METHODS.items()}
        self._full_at: dict[Key, float] = {}
        self._parked_until: dict[tuple[str, str | None], float] = {}
        self._burst = BURST
        self._prune_at = _PRUNE_AT

    def ready_in(self, method: str, conversation: str | None = None, claim: Claim = Claim.WHOLE) -> float:
        """Seconds until this call may be made; 0 when it may be made now."""
        with self._lock:
            return self._wait(method, conversation, claim, self._monotonic())

    def take(self, method: str, conversation: str | None = None, claim: Claim = Claim.WHOLE) -> float:
        """Count this call in and return 0 when it may be made now; else count nothing and return the wait."""
        with self._lock:
            now = self._monotonic()
            wait = self._wait(method, conversation, claim, now)
            if wait == 0:
                self._count(method, conversation, now, claim)
                self._forget_full(now)
            return wait

    def answered(self, method: str, conversation: str | None = None) -> None:
        """Let the call that was counted in last count from now."""
        with self._lock:
            now = self._monotonic()
            if method in self._windows:
                took = self._windows[method].answered(now)
                if conversation is not None and (method, conversation) in self._full_at:
                    self._full_at[method, conversation] += took

    def refused(self, method: str, conversation: str | None, seconds: float) -> None:
        """Slack answered 429 with this Retry-After: rest as long, and learn what it allows.

        A post may have been one too many for its conversation or for the workspace, and Slack does not say for which.
        """
        with self._lock:
            now, window = self._monotonic(), self._windows.get(method)
            until = now + seconds + MARGIN
            if window is None or conversation is None or method not in _POSTS:
                place = None
            else:
                place = conversation if self._is_of_place(method, conversation, window, now) else None
            if place is not None:
                self._burst = max(1, self._burst - self._was_busy(method, place, now))
            elif window is not None:
                window.refused(now)
            self._park((method, place), until)

    def park(self, method: str, conversation: str | None, seconds: float) -> None:
        """Hold a method back in one conversation or (None) everywhere, for so many seconds."""
        with self._lock:
            self._park((method, conversation), self._monotonic() + seconds)

    def recall(self, calls: Iterable[Earlier]) -> None:
        """Count in what was called before, by another process or before a start."""
        with self._lock:
            now = self._monotonic()
            for one in sorted(calls, key=lambda one: one.ago, reverse=True):
                if one.ago < PER_MINUTE:
                    self._count(one.method, one.conversation, now - one.ago)

    def _count(self, method: str, conversation: str | None, at: float, claim: Claim = Claim.WHOLE) -> None:
        if method in self._windows:
            self._windows[method].count(at, claim)
        if method in _POSTS and conversation is not None:
            key = (method, conversation)
            self._full_at[key] = max(self._full_at.get(key, at), at) + INTERVAL

    def _park(self, key: tuple[str, str | None], until: float) -> None:
        self._parked_until[key] = max(self._parked_until.get(key, until), until)

    def _wait(self, method: str, conversation: str | None, claim: Claim, now: float) -> float:
        free_at = [self._parked_until.get((method, None), now)]
        if method in self._windows:
            free_at.append(self._windows[method].free_at(now, claim))
        if conversation is not None:
            free_at.append(self._parked_until.get((method, conversation), now))
            free_at.append(self._full_at.get((method, conversation), now) - (self._burst - 1) * INTERVAL)
        wait = max(free_at) - now
        return wait if wait > CLOCK_NOISE else 0.0

    def _is_of_place(self, method: str, conversation: str, window: Window, now: float) -> bool:
        """Whether it is the conversation that had too much: it had some, or the workspace had not."""
        if self._was_busy(method, conversation, now):
            return True
        others = (
            place for (what, place), until in self._parked_until.items() if what == method and until > now
        )
        return window.made(now) < HARDLY * window.calls and not any(others)

    def _was_busy(self, method: str, conversation: str, now: float) -> bool:
        """Whether the conversation had another message less than a second before the last."""
        return self._full_at.get((method, conversation), now) - now > INTERVAL + CLOCK_NOISE

    def _forget_full(self, now: float) -> None:
        """Drop what no longer holds anything back, each time the memory has doubled."""
        if len(self._full_at) + len(self._parked_until) < self._prune_at:
            return
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        self._parked_until = {key: at for key, at in self._parked_until.items() if at > now}
        self._prune_at = max(_PRUNE_AT, 2 * (len(self._full_at) + len(self._parked_until)))
