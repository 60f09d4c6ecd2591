"""The command `health`: asks the running bot how it is, for containers; one sentence, and the exit status."""

from __future__ import annotations

import http.client
import json
from typing import Final

from bot.settings import Settings

WITHIN: Final = 10.0
"""Seconds."""

_ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 - nobody listens here
"""Where a bot is found that listens on every address."""


def report(settings: Settings, *, live: bool) -> int:
    """Print how the bot is; 0 where all is well. `live` asks only whether it has to be started again."""
    well, sentence = answer(settings, live=live)
    print(sentence)
    return 0 if well else 1


def answer(settings: Settings, *, live: bool) -> tuple[bool, str]:
    """Whether the bot is well, and that in a sentence."""
    if settings.health_port is None:
        return False, "HEALTH_PORT is not set, so the bot cannot be asked. Set it, and start the bot again."
    host = _ANYWHERE.get(settings.health_host, settings.health_host)
    try:
        status, body = _get(host, settings.health_port, "/healthz" if live else "/readyz")
    except (OSError, http.client.HTTPException):
        return False, f"No bot answers on {host}, port {settings.health_port}."
    return _read(status, body)


def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(host, port, timeout=WITHIN)
    try:
        line.request("GET", path)
        found = line.getresponse()
        return found.status, found.read(65_536)
    finally:
        line.close()


def _read(status: int, body: bytes) -> tuple[bool, str]:
    try:
        down = json.loads(body)["down"]
        parts = "; ".join(f"{name}: {what}" for name, what in down.items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False, f"What answers on HEALTH_PORT is not this bot (status {status})."
    return (True, "The bot is well.") if not parts else (False, f"The bot is not well. {parts}.")
