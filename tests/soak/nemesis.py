"""The nemesis: what befalls the calls of the bot, drawn from a seed, one decision for each call."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sandbox import Call, Sandbox
from sandbox.faults import Fault, Faults
from sandbox.settings import Json
from sandbox.web_api.dispatch import HANDLERS
from sandbox.web_api.request import Request

POST, UPDATE, OPEN, HISTORY = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"
COURIER: Final = (POST, UPDATE, OPEN, HISTORY)
"""The calls of delivery; what befalls the others is for other tests."""

HANGS: Final = 2.5
"""Real seconds, longer than a hurried bot waits."""

_FAULT: Final = Fault("*", "error", None, None)
KINDS: Final[dict[str, tuple[float, Fault | None]]] = {
    "rate limit": (0, replace(_FAULT, kind="ratelimited")),
    "500 without effect": (0, replace(_FAULT, kind="http", status=500)),
    "503 with effect": (0, replace(_FAULT, kind="http", status=503, after_effect=True)),
    "internal_error without effect": (0, replace(_FAULT, error="internal_error")),
    "fatal_error with effect": (0, replace(_FAULT, error="fatal_error", after_effect=True)),
    "reset without effect": (0, replace(_FAULT, kind="reset")),
    "reset with effect": (0, replace(_FAULT, kind="reset", after_effect=True)),
    "hangs with effect": (HANGS, None),
    "a page instead of JSON": (0, replace(_FAULT, kind="http", status=200)),
}
"""What can befall a call: how long its answer takes, and what it is."""


class Nemesis(Faults):
    """Faults for a share of the courier's calls, and a blade that falls at a call."""

    def __init__(self, slack: Sandbox, seed: int, share: float) -> None:
        """Take the place of the sandbox's own switchboard; it must not have been started yet."""
        super().__init__()
        self._rng, self.share = random.Random(seed), share
        self._kinds: Sequence[str] = tuple(KINDS)
        self.injected: Counter[str] = Counter()
        self.errors: Sequence[str] = ()
        """Names of errors that are answered too, without an effect."""
        self._before: Callable[[], None] | None = None
        self._after: Callable[[], None] | None = None
        self._calls_left = 0
        self._guard = threading.Lock()
        slack.backend.faults = self
        slack.calls.subscribe(self._called)

    def only(self, *kinds: str) -> None:
        """Let nothing else befall calls from now on."""
        self._kinds = kinds

    def take(self, method: str) -> tuple[float, Fault | None]:
        """Decide about one call, after what stands already."""
        delay, fault = super().take(method)
        if method not in COURIER:
            return delay, fault
        self._falls(before=True)
        with self._guard:
            if fault is None and self._rng.random() < self.share:
                return self._drawn(delay)
        return delay, fault

    def _drawn(self, delay: float) -> tuple[float, Fault | None]:
        if self.errors and self._rng.random() < 0.5:
            self.injected["a named error"] += 1
            return delay, replace(_FAULT, error=self._rng.choice(self.errors))
        name = self._rng.choice(self._kinds)
        self.injected[name] += 1
        more, fault = KINDS[name]
        return delay + more, replace(fault) if fault else None

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


@contextmanager
def lagging(slack: Sandbox, most: float, seed: int) -> Iterator[None]:
    """Let the history of conversations lag behind by up to so many seconds of business time, another at each look."""
    usual, rng = HANDLERS[HISTORY], random.Random(seed)

    def late(request: Request) -> Json:
        answer = usual(request)
        if request.backend is slack.backend:
            seen = slack.backend.ws.clock.now() - timedelta(seconds=rng.uniform(0, most))
            answer["messages"] = [one for one in answer["messages"] if float(one["ts"]) <= seen.timestamp()]
        return answer

    HANDLERS[HISTORY] = late
    try:
        yield
    finally:
        HANDLERS[HISTORY] = usual


def at_peace(nemesis: Nemesis) -> None:
    """End everything that befalls calls."""
    nemesis.share = 0.0
    nemesis.forgets()
    with suppress(AttributeError):
        nemesis.clear()
