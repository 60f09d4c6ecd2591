"""Ids: identifiers shaped like Slack's, and secrets that exist only while the stand-in runs."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Mint identifiers such as ``U0000000A1``: predictable order, so a run can be repeated."""

    def __init__(self) -> None:
        self._counters: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        """Return the next identifier of that kind (``U`` person, ``C`` channel, ``V`` view …)."""
        self._counters[prefix] += 1
        return f"{prefix}{_base36(36**3 + self._counters[prefix]):0>10}"

    def next_number(self, kind: str) -> int:
        """Return 1, 2, 3 … for that kind."""
        self._counters[kind] += 1
        return self._counters[kind]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _ALPHABET[rest] + digits
    return digits or "0"


def bot_token() -> str:
    """Return a fresh bot token; it is valid in one stand-in only."""
    return f"xoxb-sandbox-{secrets.token_hex(12)}"


def app_token() -> str:
    """Return a fresh app-level token; it is valid in one stand-in only."""
    return f"xapp-sandbox-{secrets.token_hex(12)}"


def signing_secret() -> str:
    """Return a fresh signing secret."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an app needs to connect; generated unless given."""

    bot: str = field(default_factory=bot_token)
    app: str = field(default_factory=app_token)
    signing_secret: str = field(default_factory=signing_secret)


def short_id() -> str:
    """Return the kind of short random id Slack gives to blocks and actions that carry none."""
    return secrets.token_urlsafe(4)[:5].replace("-", "a").replace("_", "b")
