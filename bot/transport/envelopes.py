"""What comes through the sockets: each envelope is handed to Bolt once, and its answer to Slack."""

from __future__ import annotations

import logging
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final, Protocol

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

_log = logging.getLogger(__name__)

KEPT_SECONDS: Final = 15 * 60.0
"""Slack sends an event again after 1 and after 5 minutes; later than this, nothing comes again."""

MOST_KEPT: Final = 5_000
MOST_CHARACTERS: Final = 2_000_000
"""Of answers that are kept; nearly all are empty, and one that changes a form has some ten thousand."""


@dataclass(slots=True)
class _Handled:
    since: float
    body: str | None = None
    """None while it is being handled."""
    content_type: str = ""

    def response(self) -> BoltResponse | None:
        """Bolt's answer, of which only this much is kept: thousands of whole ones would be megabytes."""
        if self.body is None:
            return None
        return BoltResponse(status=200, body=self.body, headers={"content-type": [self.content_type]})


class Handles(Protocol):
    """What hears requests, as Bolt's apps do."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Handle a request; gives the answer for Slack."""


class Envelopes:
    """Handles envelopes from any number of threads.

    One that Slack sends again, because the acknowledgement was lost with its socket, is acknowledged again but not
    handled again.
    """

    def __init__(self, app: Handles) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._handled: OrderedDict[str, _Handled] = OrderedDict()
        self._characters = 0

    def handle(self, request: SocketModeRequest, send: Callable[[str], None]) -> None:
        """Let Bolt handle a request, and `send` the answer."""
        key = str(request.payload.get("event_id") or request.envelope_id)
        known = self._claim(key)
        response = self._first(key, request) if known is None else known.response()
        if response is not None:
            send_response(_Reply(send), request, response, 0.0)

    def _claim(self, key: str) -> _Handled | None:
        """What is known of an envelope; None for one that is now the caller's to handle."""
        now = monotonic()
        with self._lock:
            while self._handled and self._is_old(next(iter(self._handled.values())), now):
                self._characters -= len(self._handled.popitem(last=False)[1].body or "")
            known = self._handled.get(key)
            if known is None:
                self._handled[key] = _Handled(now)
            return known

    def _is_old(self, handled: _Handled, now: float) -> bool:
        many = len(self._handled) > MOST_KEPT or self._characters > MOST_CHARACTERS
        return many or now - handled.since > KEPT_SECONDS

    def _first(self, key: str, request: SocketModeRequest) -> BoltResponse | None:
        """Handle it; what did not work out may come again."""
        response: BoltResponse | None = None
        try:
            response = run_bolt_app(self._app, request)  # type: ignore[arg-type]  # it calls `dispatch` alone
        except Exception:  # noqa: BLE001 - logged, and Slack may send it again
            _log.exception("A request from Slack could not be handled")
        with self._lock:
            if response is None or response.status != 200:
                self._handled.pop(key, None)
            elif key in self._handled:
                kept = self._handled[key]
                kept.body = response.body or ""
                kept.content_type = sys.intern(response.headers.get("content-type", [""])[0])
                self._characters += len(kept.body)
        return response


class _Reply(BaseSocketModeClient):
    """As much of the SDK's client as Bolt needs to answer."""

    logger = _log

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send

    def send_message(self, message: str) -> None:
        self._send(message)
