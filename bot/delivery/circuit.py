"""A circuit breaker: when Slack does not answer, nothing is sent until something harmless is answered.

After one call without an answer the circuit is open, and is tried (the field's "half-open") with `auth.test`: at once,
then after 1, 2, 4 and so on up to 30 seconds. So an outage leaves one message in doubt, and not all that wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from bot.slack import errors as slack_errors
from bot.slack.errors import KIND_OF_ERROR, Failure, FailureKind

_log = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 30.0
"""Seconds between two trials of a circuit that is open."""

LOST_POSTS: Final = 3
"""After so many posts in a row without an answer, posts are the trouble, though other calls are answered."""

FIRST_CAUTION: Final = 8.0
"""Seconds until the next post is risked then; twice as long after each that is lost as well."""

LONGEST_CAUTION: Final = 300.0

_NO_ANSWER: Final = (FailureKind.AMBIGUOUS, FailureKind.NO_EFFECT)


def unanswered(failure: Failure) -> bool:
    """Whether it was not Slack that answered: nothing did, or a proxy, or what came cannot be read."""
    if failure.error in KIND_OF_ERROR:
        return False
    return failure.error.startswith("http_") or failure.kind in _NO_ANSWER


class Circuit:
    """Whether Slack is there, from the answers of all calls; for one thread, and `doubt` for any.

    `monotonic` is a clock in seconds.
    """

    def __init__(self, monotonic: Callable[[], float], ask: Callable[[], object]) -> None:
        """`ask` makes a harmless call, and raises one of `slack_errors.CALL_FAILED` where it fails."""
        self._monotonic = monotonic
        self._ask = ask
        self._try_at: float | None = None
        self._tried = 0
        self._lost = 0
        self._cautious_until = 0.0

    def answered(self, post: bool = False) -> None:
        """A call was answered, whatever the answer; `post` tells that it was one for a new message."""
        if self._tried:
            _log.warning("Slack answers again. Messages go out again.")
        self._try_at, self._tried = None, 0
        if post:
            self._lost = 0

    def failed(self, failure: Failure, post: bool = False) -> None:
        """A call failed: open the circuit where that means that nobody answered."""
        if not unanswered(failure):
            self.answered(post)
            return
        if self._try_at is None:
            self._try_at = self._monotonic()
        if post:
            self._lost += 1
            pause = min(FIRST_CAUTION * 2.0 ** max(0, self._lost - LOST_POSTS), LONGEST_CAUTION)
            self._cautious_until = self._monotonic() + pause

    def allows(self) -> bool:
        """Whether calls may be made; tries the circuit where it is open and its time has come."""
        if self._try_at is None:
            return True
        if self._monotonic() < self._try_at:
            return False
        return self._is_there()

    def allows_risk(self) -> bool:
        """Whether a message may be posted of which nobody could find out whether it arrived."""
        return self._lost < LOST_POSTS or self._monotonic() >= self._cautious_until

    def ready_in(self) -> float:
        """Seconds until the circuit is tried; 0 while it is closed."""
        return 0.0 if self._try_at is None else max(0.0, self._try_at - self._monotonic())

    def doubt(self) -> str:
        """A sentence while Slack does not answer; empty while it does."""
        return "Slack does not answer. Messages wait until it does." if self._tried else ""

    def _is_there(self) -> bool:
        try:
            self._ask()
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
            if unanswered(failure):
                self._wait(failure)
                return False
        self.answered()
        return True

    def _wait(self, failure: Failure) -> None:
        if not self._tried:
            _log.warning("Slack does not answer (%s). Messages wait until it does.", failure.error)
        self._try_at = self._monotonic() + min(2.0 ** min(self._tried, 10), LONGEST_PAUSE)
        self._tried += 1
