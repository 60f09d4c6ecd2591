"""Signed HTTP delivery: events, commands and interactions posted to an app's request URLs.

Sources: docs.slack.dev/authentication/verifying-requests-from-slack for the signature,
docs.slack.dev/apis/events-api for url_verification, the 3 s limit, the retry headers and X-Slack-No-Retry.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from functools import cache
from ssl import SSLContext
from urllib.parse import urlencode

import httpx

from sandbox.delivery import Answer, Channel, Parcel
from sandbox.settings import Json
from sandbox.workspace import Workspace

_FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return ``v0=`` and the HMAC-SHA256 of ``v0:timestamp:body``."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@cache
def _certificates() -> SSLContext:
    """Whom to trust, read once: it takes longer than all else that a start takes."""
    return httpx.create_ssl_context(trust_env=False)


class HttpDelivery:
    """Posts to the request URLs of the app's manifest; an events URL must first pass url_verification."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._client = httpx.AsyncClient(
            verify=_certificates(), timeout=ws.settings.ack_seconds, trust_env=False
        )
        self._verified = False

    async def stop(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def verify_events_url(self) -> bool:
        """Send the url_verification challenge; return whether the app echoed it."""
        challenge = secrets.token_hex(16)
        token = self._ws.app.verification_token
        body = json.dumps({"token": token, "challenge": challenge, "type": "url_verification"}).encode()
        response = await self._post(self._ws.app.config.events_url, body, "application/json", {})
        self._verified = isinstance(response, httpx.Response) and _echoes(response, challenge)
        return self._verified

    async def deliver(self, parcel: Parcel) -> Answer:
        """Post one parcel and read the app's answer."""
        if parcel.channel == "events_api" and not self._verified and not await self.verify_events_url():
            return Answer(False, problem="url_not_verified", retry=False)
        url = self._url(parcel)
        if not url:
            return Answer(False, problem="dispatch_failed", retry=False)
        body, kind = _encoded(parcel.channel, parcel.payload)
        response = await self._post(url, body, kind, _retry_headers(parcel))
        if not isinstance(response, httpx.Response):
            return Answer(False, problem=response)
        if not response.is_success:
            retry = response.headers.get("x-slack-no-retry") != "1"
            return Answer(False, problem="http_error", retry=retry)
        return Answer(True, _answer_of(response) if parcel.accepts_answer else None)

    def _url(self, parcel: Parcel) -> str:
        config = self._ws.app.config
        if parcel.channel == "slash_commands":
            command = config.command(parcel.payload["command"])
            return command.url if command else ""
        if parcel.channel == "options":
            return config.options_url or config.interactivity_url
        return config.events_url if parcel.channel == "events_api" else config.interactivity_url

    async def _post(self, url: str, body: bytes, kind: str, more: dict[str, str]) -> httpx.Response | str:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._ws.app.signing_secret, timestamp, body),
            **more,
        }
        try:
            return await self._client.post(url, content=body, headers=headers)
        except httpx.TimeoutException:
            return "http_timeout"
        except httpx.HTTPError:
            return "connection_failed"


def _encoded(channel: Channel, payload: Json) -> tuple[bytes, str]:
    if channel == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if channel == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), _FORM


def _retry_headers(parcel: Parcel) -> dict[str, str]:
    if parcel.attempt == 0:
        return {}
    return {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}


def _answer_of(response: httpx.Response) -> Json | None:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        answer: Json = response.json()
        return answer
    return {"text": response.text}


def _echoes(response: httpx.Response, challenge: str) -> bool:
    if not response.is_success:
        return False
    if response.headers.get("content-type", "").startswith("application/json"):
        return bool(response.json().get("challenge") == challenge)
    return response.text.strip().removeprefix("challenge=") == challenge
