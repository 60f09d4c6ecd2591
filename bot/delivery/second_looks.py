"""A second look after a direct message that was sent again: the history may have lagged behind at the first one.

A message whose answer was lost is looked for after ten seconds, and sent again if it is not there. Where the history
shows it later than that, it stands there twice, and nobody knows. So it is looked for once more when a minute has
passed, and what stands there beside it is taken away.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from slack_sdk import WebClient

from bot.delivery.traffic import Traffic
from bot.delivery.verdicts import Step
from bot.delivery.windows import Claim
from bot.slack import errors as slack_errors
from bot.slack import post as slack_post
from program import outgoing
from program.context import Context
from program.outgoing import Letter

_log = logging.getLogger(__name__)

AFTER: Final = 60.0
"""Seconds from the message's arrival to the look, and between two looks of which the first one failed."""

TRIES: Final = 3

MOST: Final = 500
"""Looks that wait at once. More than that go wrong only while Slack is in trouble, and each takes one of its calls."""


@dataclass(frozen=True, slots=True)
class _Look:
    due_at: float
    letter: Letter
    channel: str
    tries: int = 0


class SecondLooks:
    """The looks that are still to come; for one thread. `monotonic` is a clock in seconds."""

    def __init__(
        self, ctx: Context, client: WebClient, traffic: Traffic, monotonic: Callable[[], float]
    ) -> None:
        self._ctx, self._client, self._traffic, self._monotonic = ctx, client, traffic, monotonic
        self._waiting: deque[_Look] = deque(maxlen=MOST)

    def after(self, letter: Letter, channel: str) -> None:
        """A message was posted in a direct message, or found there: look again if it may have been posted before.

        The letter is as it was until then, and counts every post that may have arrived.
        """
        if letter.notice.reader and not letter.posted and letter.attempts > 1:
            self._waiting.append(_Look(self._monotonic() + AFTER, letter, channel))

    def recall(self, letters: Iterable[Letter]) -> None:
        """These were sent again shortly before a start, or by another process, which may not have looked again."""
        for one in letters:
            if one.channel is not None:
                never_posted = replace(one, ts=None)
                self._waiting.append(_Look(self._monotonic() + AFTER, never_posted, one.channel))

    def run(self) -> None:
        """Make the looks whose time has come, as far as Slack's limits allow."""
        self._traffic.claim = Claim.STEADY
        while self._waiting and self._waiting[0].due_at <= self._monotonic():
            if self._traffic.take(Step.LOOK.value):
                return
            if not self._look(self._waiting.popleft()):
                return

    def _look(self, due: _Look) -> bool:
        """Look once; tells whether Slack answered."""
        letter = due.letter
        try:
            with self._traffic.calling(Step.LOOK):
                since = letter.first_attempt_at or letter.created_at
                there = slack_post.find(self._client, due.channel, letter.token, since)
        except slack_errors.CALL_FAILED as problem:
            _log.debug("No second look (%s)", slack_errors.classify(problem).error)
            if due.tries + 1 < TRIES:
                self._waiting.append(replace(due, due_at=self._monotonic() + AFTER, tries=due.tries + 1))
            return False
        outgoing.also_there(self._ctx, letter, due.channel, *there)
        return True
