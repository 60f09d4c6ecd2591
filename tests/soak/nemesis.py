"""The nemesis: what befalls the calls of the bot, drawn from a seed, one decision for each call."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from sandbox import Call, Faults, Sandbox

POST, UPDATE, OPEN, HISTORY = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"
COURIER: Final = (POST, UPDATE, OPEN, HISTORY)
"""The calls of delivery; what befalls the others is for other tests."""

HALF: Final = 0.5
HANGS: Final = 2.5
"""Real seconds, longer than a hurried bot waits."""

Switch = Callable[[Faults, str], object]
KINDS: Final[dict[str, Switch]] = {
    "rate limit": lambda faults, method: faults.ratelimit(method),
    "500 without effect": lambda faults, method: faults.http_error(method, status=500),
    "503 with effect": lambda faults, method: faults.http_error(method, status=503, after_effect=True),
    "internal_error without effect": lambda faults, method: faults.error(method, "internal_error"),
    "fatal_error with effect": lambda faults, method: faults.error(method, "fatal_error", after_effect=True),
    "reset without effect": lambda faults, method: faults.reset(method),
    "reset with effect": lambda faults, method: faults.reset(method, after_effect=True),
    "hangs with effect": lambda faults, method: faults.slow(method, delay=HANGS),
    "a page instead of JSON": lambda faults, method: faults.http_error(method, status=200),
}
"""What can befall a call."""


class Nemesis:
    """Faults for a share of the courier's calls, and a blade that falls at a call."""

    def __init__(self, slack: Sandbox, seed: int, share: float) -> None:
        """Look at every call of that sandbox."""
        self._faults = slack.faults
        self._rng, self.share = random.Random(seed), share
        self._kinds: Sequence[str] = tuple(KINDS)
        self.methods: Sequence[str] = COURIER
        self.injected: Counter[str] = Counter()
        self.errors: Sequence[str] = ()
        """Names of errors that are answered too, without an effect."""
        self._before: Callable[[], None] | None = None
        self._after: Callable[[], None] | None = None
        self._calls_left = 0
        self._guard = threading.Lock()
        slack.faults.before_each(self._looks)
        slack.calls.subscribe(self._called)

    def only(self, *kinds: str) -> None:
        """Let nothing else befall calls from now on."""
        self._kinds = kinds

    def _looks(self, method: str) -> None:
        """Decide about one call, unless something stands already."""
        if method not in COURIER:
            return
        self._falls(before=True)
        if method not in self.methods:
            return
        stands = any(fault.method in (method, "*") for fault in self._faults.standing())
        with self._guard:
            if stands or self._rng.random() >= self.share:
                return
            if self.errors and self._rng.random() < HALF:
                self.injected["a named error"] += 1
                self._faults.error(method, self._rng.choice(self.errors))
                return
            name = self._rng.choice(self._kinds)
            self.injected[name] += 1
            KINDS[name](self._faults, method)

    # The blade

    def waits_for(self, calls: int, strike: Callable[[], None], before: bool) -> None:
        """Strike at the so-manieth call from now, before it has an effect or before its answer is sent."""
        with self._guard:
            self._calls_left = calls
            self._before, self._after = (strike, None) if before else (None, strike)

    def forgets(self) -> None:
        """Strike no more."""
        with self._guard:
            self._before = self._after = None

    def _called(self, call: Call) -> None:
        if call.method in COURIER:
            self._falls(before=False)

    def _falls(self, before: bool) -> None:
        with self._guard:
            strike = self._before if before else self._after
            if strike is None:
                return
            self._calls_left -= 1
            if self._calls_left > 0:
                return
            self._before = self._after = None
        strike()


def lags(slack: Sandbox, most: float, seed: int) -> None:
    """Let the history of conversations lag behind by up to so many seconds of business time, another at each look."""
    rng = random.Random(seed)
    slack.faults.lag_history(lambda: rng.uniform(0, most))


def at_peace(nemesis: Nemesis) -> None:
    """End everything that befalls calls."""
    nemesis.share = 0.0
    nemesis.forgets()
