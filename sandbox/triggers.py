"""Triggers and response URLs: the short-lived permissions an interaction hands to the app."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field

from sandbox.errors import SlackError

RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 30 * 60
"""A response_url works five times within 30 minutes (docs.slack.dev, handling user interaction)."""


@dataclass(slots=True)
class Trigger:
    """Permission to open one modal for ``user``."""

    user: str
    expires: float
    used: bool = False


class Triggers:
    """Trigger ids: valid for three seconds, for one exchange (docs.slack.dev, views.open)."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._known: dict[str, Trigger] = {}

    def mint(self, user: str) -> str:
        """Return a new trigger id for that person; its time starts now."""
        trigger_id = f"{secrets.randbelow(10**6)}.{secrets.randbelow(10**7)}.{secrets.token_hex(12)}"
        self._known[trigger_id] = Trigger(user, time.monotonic() + self._seconds)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """Return a trigger that may still be exchanged, or raise Slack's error."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """Permission to answer in one conversation; ``ts`` is the message that was acted on, if any."""

    user: str
    channel: str
    ts: str | None
    uses: int = 0
    expires: float = field(default_factory=lambda: time.monotonic() + RESPONSE_URL_SECONDS)


class ResponseUrls:
    """The response URLs in circulation, by their secret path."""

    def __init__(self) -> None:
        self._known: dict[str, ResponseUrl] = {}

    def mint(self, kind: str, team: str, user: str, channel: str, ts: str | None = None) -> str:
        """Return the path of a new response URL (``kind`` is ``commands`` or ``actions``)."""
        path = f"{kind}/{team}/{secrets.randbelow(10**12)}/{secrets.token_hex(12)}"
        self._known[path] = ResponseUrl(user, channel, ts)
        return path

    def use(self, path: str) -> ResponseUrl:
        """Count one use and return the permission, or raise ``used_url`` or ``expired_url``."""
        found = self._known.get(path)
        if found is None or time.monotonic() > found.expires:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found

    def expire(self, path: str) -> None:
        """Let the half hour of that URL be over."""
        self._known[path].expires = 0.0
