"""Channels as Slack knows them, looked at every few minutes: whether leads can be written to there, or why not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack.answers import part
from bot.slack.errors import PASSING, Failure, FailureKind
from bot.slack.waits import Pause
from handlers import payloads
from mentoring.channels import ChannelFacts, Trouble, trouble_posting, trouble_with
from program.context import Context

_log = logging.getLogger(__name__)

FRESH = timedelta(minutes=5)
"""A channel can be made public without an event, so whoever posts looks this often; a flood of cards looks once."""

_NOT_SLACK: frozenset[FailureKind] = PASSING | {FailureKind.DEAD_TOKEN}


class Channels:
    """What was seen of each channel, and when. Safe to use from several threads."""

    def __init__(self, client: WebClient, ctx: Context) -> None:
        """Look with this client, by the context's clock."""
        self._client = client
        self._ctx = ctx
        self._seen: dict[str, tuple[datetime, ChannelFacts | Trouble | None]] = {}
        self._pause = Pause.of(ctx.now(), 0)

    def known(self, channel_id: str) -> Trouble | None:
        """What keeps this from being the leads' channel, as seen in the last few minutes; None when it is fine."""
        return _trouble(self._lately(channel_id), trouble_with)

    def known_posting(self, channel_id: str) -> Trouble | None:
        """What keeps the bot from posting there, as seen in the last few minutes; None if nothing."""
        return _trouble(self._lately(channel_id), trouble_posting)

    def look(self, channel_id: str) -> Trouble | None:
        """What keeps this from being the leads' channel at this moment.

        When Slack cannot be asked, `Trouble.UNKNOWN`, and nothing is kept.
        """
        return _trouble(self._look(channel_id), trouble_with)

    def look_posting(self, channel_id: str) -> Trouble | None:
        """What keeps the bot from posting there at this moment, also where leads could not meet; None if nothing."""
        return _trouble(self._look(channel_id), trouble_posting)

    def _lately(self, channel_id: str) -> ChannelFacts | Trouble | None:
        at, found = self._seen.get(channel_id, (None, None))
        fresh = at is not None and timedelta() <= self._ctx.now() - at < FRESH
        return found if fresh else self._look(channel_id)

    def _look(self, channel_id: str) -> ChannelFacts | Trouble | None:
        self.forget(channel_id)
        found = self._ask(channel_id)
        if found is not Trouble.UNKNOWN:
            self._seen[channel_id] = (self._ctx.now(), found)
        return found

    def forget(self, channel_id: str) -> None:
        """Look again before the next message goes there."""
        self._seen.pop(channel_id, None)

    def _ask(self, channel_id: str) -> ChannelFacts | Trouble | None:
        if self._pause.goes_on(self._ctx.now()):
            return Trouble.UNKNOWN
        try:
            answer = self._client.conversations_info(channel=channel_id)
            return payloads.channel_facts(part(answer, "channel"))
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
        if failure.retry_after is not None:
            self._pause = Pause.of(self._ctx.now(), failure.retry_after)
        _log.warning("A channel could not be looked at (%s). %s", failure.error, failure.advice)
        return _without_answer(failure)


def _trouble(
    found: ChannelFacts | Trouble | None, judge: Callable[[ChannelFacts], Trouble | None]
) -> Trouble | None:
    return judge(found) if isinstance(found, ChannelFacts) else found


def _without_answer(failure: Failure) -> Trouble | None:
    """What it means for a channel that Slack does not show it."""
    if failure.error == "channel_not_found":
        # So Slack calls a private channel without the bot, and one that is gone.
        return Trouble.ABSENT
    if failure.kind in _NOT_SLACK or failure.error.startswith("http_"):
        return Trouble.UNKNOWN
    # Only a stand-in for Slack does not know the call; there is nothing to protect there.
    return None if failure.error == "unknown_method" else Trouble.UNSEEN
