"""For the doctor: whether somebody listens for Slack's requests, and knows the same secret."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import re
import time
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.commands.findings import Finding
from bot.examples import FROM_SLACK
from bot.settings import DEFAULT_API_URL, Settings
from bot.transport import signatures
from bot.transport.connections import HEALTH_PATH

_SECONDS: Final = 3
_EVENTS_PATH: Final = "/slack/events"
_SECRET: Final = re.compile(r"[0-9a-f]{32}")
"""The form of Slack's own signing secrets."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at the secret, and knock at the door where Slack's requests come."""
    secret = settings.signing_secret or ""
    slacks = urlsplit(settings.api_url).hostname == urlsplit(DEFAULT_API_URL).hostname
    if slacks and not _SECRET.fullmatch(secret):
        seen = "SLACK_SIGNING_SECRET is none of Slack's: those are 32 of the characters 0-9 and a-f."
        yield Finding(False, seen, FROM_SLACK["SLACK_SIGNING_SECRET"])
    where = f"{settings.http_host}, port {settings.http_port}"
    if not settings.http_port:
        yield Finding(True, "Slack's requests are expected on a port that the system chooses (HTTP mode).")
        return
    try:
        status, alive = _asked(settings, "GET", HEALTH_PATH)
    except (OSError, http.client.HTTPException):
        advice = "Start the bot, and run the doctor again while it runs."
        yield Finding(False, f"Nobody listens for Slack's requests on {where} (HTTP mode).", advice)
        return
    if status != http.client.OK or not alive.startswith("ok"):
        advice = "Stop it, or choose another port with HTTP_PORT, and start the bot."
        yield Finding(False, f"Something else than the bot listens on {where}.", advice)
        return
    yield _secret(settings, alive, where)


def _secret(settings: Settings, alive: str, where: str) -> Finding:
    if signatures.DOUBT in alive:
        seen = "Requests come, and none of them fits the SLACK_SIGNING_SECRET of the bot that listens."
        return Finding(False, seen, f"{FROM_SLACK['SLACK_SIGNING_SECRET']} Then start the bot again.")
    try:
        status, _ = _asked(settings, "POST", _EVENTS_PATH, _greeting())
    except (OSError, http.client.HTTPException):
        status = 0
    if status == http.client.UNAUTHORIZED:
        seen = f"The bot that listens on {where} has another SLACK_SIGNING_SECRET than this one."
        return Finding(False, seen, f"{FROM_SLACK['SLACK_SIGNING_SECRET']} Then start the bot again.")
    if status != http.client.OK:
        seen = f"The bot on {where} does not take requests at the moment."
        return Finding(False, seen, "Its log says why; the database perhaps.")
    return Finding(True, f"The bot listens for Slack on {where}, at {_EVENTS_PATH} (HTTP mode).")


def _greeting() -> bytes:
    """What Slack sends to see whether an address answers; nothing follows from it."""
    return json.dumps({"type": "url_verification", "challenge": "doctor"}).encode()


def _asked(settings: Settings, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
    connection = http.client.HTTPConnection(
        _reachable(settings.http_host), settings.http_port, timeout=_SECONDS
    )
    try:
        connection.request(method, path, body or None, _signed(settings, body) if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read(10_000).decode(errors="replace")
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """An address of this machine, for one at which a server listens on all of them."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "::1" if address.version == 6 else "127.0.0.1"


def _signed(settings: Settings, body: bytes) -> dict[str, str]:
    moment = str(int(time.time()))
    secret = (settings.signing_secret or "").encode()
    digest = hmac.new(secret, b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
    }
