"""The port on which monitors ask how the bot is; its server is loaded only where there is one."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from prometheus_client import CONTENT_TYPE_LATEST
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from bot.monitoring.metrics import Metrics
from bot.monitoring.vital_signs import VitalSigns

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_THREADS: Final = 4
_MOST_CONNECTIONS: Final = 50
_LOOP_STEP: Final = 0.5
_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"


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
