"""Taking away the copies of messages that are one too many."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack import post as slack_post
from bot.slack.errors import FailureKind
from bot.slack.waits import backoff
from program import arrivals
from program.arrivals import Copy
from program.context import Context

_log = logging.getLogger(__name__)

_PASSES = (
    *(FailureKind.RATE_LIMITED, FailureKind.NO_EFFECT, FailureKind.REFUSED_RETRY),
    *(FailureKind.AMBIGUOUS, FailureKind.DEAD_TOKEN),
)
"""What passes by itself, or with a new token; deleting twice is the same as once."""


def take_away(ctx: Context, client: WebClient) -> None:
    """Take away each copy whose time has come; what Slack refuses for good stays, and is logged."""
    for copy in arrivals.copies(ctx):
        if not _is_away(ctx, client, copy):
            return


def _is_away(ctx: Context, client: WebClient, copy: Copy) -> bool:
    """Try to take one away; tells whether the next can be tried at once."""
    try:
        slack_post.delete(client, copy.channel, copy.ts)
    except slack_errors.CALL_FAILED as problem:
        failure = slack_errors.classify(problem)
        if failure.kind in _PASSES:
            arrivals.stays_for_now(ctx, copy, failure.retry_after or backoff(copy.attempts + 1))
            return False
        _log.warning("A copy of a message stays where it is (%s). %s", failure.error, failure.advice)
    arrivals.taken_away(ctx, copy)
    return True
