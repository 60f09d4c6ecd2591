"""The states of an outbox row."""

from __future__ import annotations

from enum import StrEnum


class RowState(StrEnum):
    """Where a message stands on its way to Slack.

    Ready waits to be sent or updated; sending is leased by a worker; unsure may or may not have arrived and waits to
    be looked up; sent is on screen as wanted; moot made no sense any more; failed was refused for good; unknown may or
    may not have arrived and a lead was asked to look.
    """

    READY = "ready"
    SENDING = "sending"
    UNSURE = "unsure"
    SENT = "sent"
    MOOT = "moot"
    FAILED = "failed"
    UNKNOWN = "unknown"
