"""The health of a running bot: which signs of life there are, and the port on which a monitor asks for them."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from prometheus_client import CONTENT_TYPE_LATEST
from slack_sdk import WebClient
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from bot import slack_errors
from bot.metrics import Metrics
from bot.slack_errors import FailureKind
from bot.vital_signs import VitalSigns
from program import vitals
from program.context import Context

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_log = logging.getLogger(__name__)

TICK_WITHIN: Final = 15 * 60.0
"""Seconds that the longest tick takes, a matching of thousands of people included, and far more."""

COURIER_WITHIN: Final = 120.0
"""Seconds that the longest message takes: a few calls to Slack that all run into their time limit."""

ASK_SLACK_EVERY: Final = 30.0
"""Seconds between two questions to Slack whether it accepts the token."""

_THREADS: Final = 4
_MOST_CONNECTIONS: Final = 50
_LOOP_STEP: Final = 0.5
_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"


def token(client: WebClient) -> str:
    """What is wrong with the bot token, or with the way to Slack."""
    try:
        client.auth_test()
    except slack_errors.CALL_FAILED as problem:
        failure = slack_errors.classify(problem)
        if failure.kind is FailureKind.RATE_LIMITED:
            return ""
        refused = failure.kind in (FailureKind.DEAD_TOKEN, FailureKind.CONFIG)
        return f"Slack {'refuses it' if refused else 'does not answer'} ({failure.error})"
    return ""


def database(ctx: Context) -> str:
    """What keeps the database from being written to."""
    try:
        vitals.write(ctx)
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, it is what is asked for
        return f"it cannot be written to ({type(problem).__name__})"
    return ""


def figures(ctx: Context, signs: VitalSigns) -> Iterable[tuple[str, dict[str, str], float]]:
    """What `bot.metrics` reads when somebody asks; without the database, what is known without it."""
    down = signs.down()
    for name in signs.names:
        yield "up", {"part": name}, float(name not in down)
    if "database" in down:
        return
    found = vitals.look(ctx)
    for state, number in found.messages.items():
        yield "outbox_messages", {"state": state}, number
    for state, seconds in found.oldest.items():
        yield "outbox_oldest_seconds", {"state": state}, seconds
    yield "database_bytes", {}, found.database_bytes


class HealthApp:
    """The WSGI application: `/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, signs: VitalSigns, metrics: Metrics) -> None:
        self._signs, self._metrics = signs, metrics

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        status, kind, body = self._answer(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, method: str, path: str) -> tuple[str, str, bytes]:
        if method not in {"GET", "HEAD"}:
            return "405 Method Not Allowed", _TEXT, b"only GET\n"
        match path:
            case "/healthz":
                return _told(self._signs.dead())
            case "/readyz":
                return _told(self._signs.down())
            case "/metrics":
                return "200 OK", CONTENT_TYPE_LATEST, self._metrics.text()
            case _:
                return "404 Not Found", _TEXT, b"not found\n"


def _told(down: dict[str, str]) -> tuple[str, str, bytes]:
    body = json.dumps({"status": "down" if down else "ok", "down": down}).encode() + b"\n"
    return ("503 Service Unavailable" if down else "200 OK"), _JSON, body


class HealthServer:
    """Answers on a port of its own until `stop`. Raises OSError where the address cannot be had."""

    def __init__(self, app: Callable[..., Iterable[bytes]], host: str, port: int) -> None:
        """Port 0 takes a free one."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
        self.address: tuple[str, int] = listener.getsockname()[:2]
        self._sockets: dict[int, socket.socket] = {}
        server = create_server(
            app,
            map=self._sockets,
            sockets=[listener],
            threads=_THREADS,
            connection_limit=_MOST_CONNECTIONS,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
        assert isinstance(server, BaseWSGIServer), "there is one socket"
        self._server = server
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="health-port", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=_LOOP_STEP, use_poll=True, map=self._sockets, count=1)

    def stop(self) -> None:
        """Answer no more."""
        self._stopping.set()
        self._server.task_dispatcher.shutdown(timeout=1)
        self._thread.join()
        wasyncore.close_all(self._sockets)
