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


class Settled(StrEnum):
    """What ended the doubt whether a message arrived.

    A lead said that it arrived, or it was found to stand somewhere; a lead had it sent again; or it was found when
    there was nothing left to say, and taken away.
    """

    ARRIVED = "arrived"
    AGAIN = "again"
    TAKEN_AWAY = "taken away"
