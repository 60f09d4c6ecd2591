"""What people read when a call to Slack failed: Slack's trouble is called Slack's, with what they can do."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from handlers.replying import SLACK_TROUBLE, slack_error

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
"""Slack's words for a form that may not be opened any more: a trigger lives for three seconds, and once."""

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

_BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_TROUBLED = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "update_failed"}
)

_SLOW = "That took longer than Slack allows for opening a form. Please try again."
_TRY_AGAIN = "Slack has trouble right now, so this did not work. Nothing you typed is lost; please try again."
_WAIT = (
    "Slack asks me to slow down, so this did not work. "
    "Nothing you typed is lost; please try again in a minute."
)


def is_slacks(error: Exception) -> bool:
    """Whether this is an error of a call to Slack."""
    return isinstance(error, SLACK_TROUBLE)


def asks_to_wait(error: SlackApiError) -> bool:
    """Whether Slack refused a call because there were too many, and did nothing."""
    return slack_error(error) in _BUSY or getattr(error.response, "status_code", None) == TOO_MANY_REQUESTS


def passing(error: Exception) -> str | None:
    """The sentence for trouble that passes; None where trying again does not help."""
    if not isinstance(error, SlackApiError):
        return _TRY_AGAIN
    name, status = slack_error(error), getattr(error.response, "status_code", None)
    if name in TOO_LATE:
        return _SLOW
    if asks_to_wait(error):
        return _WAIT
    # What is no word of Slack's is the SDK's prose about an answer that cannot be read, as gateways send them.
    unreadable = not name.replace("_", "").isalnum()
    failed = isinstance(status, int) and status >= SERVER_ERROR
    return _TRY_AGAIN if name in _TROUBLED or unreadable or failed else None


def refused(error: Exception, reference: str) -> str:
    """The sentence for what Slack will refuse the next time too; the reference leads the operator to the log."""
    name = slack_error(error) if isinstance(error, SlackApiError) else ""
    return (
        f"Slack does not let me do that ({name}, reference {reference}). "
        "Nothing you typed is lost. Please tell whoever looks after me in this workspace."
    )
