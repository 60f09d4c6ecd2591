"""The HTTP mode: Slack calls the bot, where Socket Mode is not wanted.

The server is waitress: it reads a whole request, within limits, before a thread is spent on it, so slow
senders cost nothing; it bounds threads and connections, and it is strict about the framing of requests
(`bot/transport/connections.py` has what it leaves out). The standard library's http.server has none of this, and
says itself that it is not for production. TLS is for the reverse proxy in front, which Slack's https addresses need
anyway (`docs/http-mode.md`).
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Self

from slack_bolt import App, BoltRequest, BoltResponse
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from bot.transport.connections import HEALTH_PATH, Dispatcher, Tender, TimedChannel, room_for_connections
from bot.transport.front_door import FrontDoor, RefusedError, Seen
from bot.transport.signatures import Signatures

if TYPE_CHECKING:
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIEnvironment

_log = logging.getLogger(__name__)

LARGEST_BODY: Final = 1024 * 1024
"""Bytes; Slack's largest requests, submissions of full modals, stay far below."""

LARGEST_HEADERS: Final = 32 * 1024
"""Bytes; Slack's and a proxy's have a few thousand."""

IN_MEMORY: Final = 64 * 1024
"""Bytes of a body that is still arriving; what is more waits in a file, because nobody knows yet who sends it."""

EVENTS_PATH: Final = "/slack/events"

_THREADS: Final = 128
"""Requests that wait for their acknowledgment at once, for two seconds at most; threads are made when needed."""

_STOP_WITHIN: Final = 5
_LOOP_STEP: Final = 0.5
_OVERSHOOT: Final = 64
"""Connections beyond the limit that may be accepted before there is time to close others for them."""


class HttpServer:
    """Serves until `stop`; also a context manager."""

    def __init__(self, app: FrontDoorApp, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
        self.address: tuple[str, int] = listener.getsockname()[:2]
        """Host and port the server listens on."""
        self._sockets: dict[int, socket.socket] = {}
        room = room_for_connections()
        server = create_server(
            app,
            map=self._sockets,
            _dispatcher=Dispatcher(_THREADS),
            _start=False,
            sockets=[listener],
            connection_limit=room + _OVERSHOOT,
            max_request_body_size=LARGEST_BODY + 1,  # waitress refuses from this size on
            max_request_header_size=LARGEST_HEADERS,
            inbuf_overflow=IN_MEMORY,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
        assert isinstance(server, BaseWSGIServer), "there is one socket"
        server.channel_class = TimedChannel
        server.accept_connections()
        self._server = server
        self._tender = Tender(server.active_channels, room)  # type: ignore[arg-type]  # the stub names no dict
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="http")
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # Not select(), which knows no file descriptor above 1,023.
            wasyncore.loop(timeout=_LOOP_STEP, use_poll=True, map=self._sockets, count=1)
            self._tender.tend()

    @property
    def is_alive(self) -> bool:
        """Whether anybody listens."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish the requests being answered, for a few seconds at most, and close every connection."""
        self._server.task_dispatcher.shutdown(timeout=_STOP_WITHIN)
        self._stopping.set()
        self._thread.join()
        wasyncore.close_all(self._sockets)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    app: App,
    *,
    host: str,
    port: int,
    signing_secret: str,
    now: Callable[[], float] = time.time,
    monotonic: Callable[[], float] = time.monotonic,
    seen: Seen | None = None,
    doubt: Callable[[], str] = str,
) -> HttpServer:
    """Start to listen for Slack at `/slack/events`, with a sign of life at `/healthz`, and what is in `doubt` there.

    Port 0 takes a free one. Raises OSError when the address cannot be had. `now` (seconds since the epoch)
    and `monotonic` (seconds) are the clocks signatures are checked by; `seen` remembers requests beyond this process.
    """
    door = FrontDoor(signing_secret, now=now, monotonic=monotonic, seen=seen)
    return HttpServer(FrontDoorApp(app, door, doubt), host, port)


class FrontDoorApp:
    """The WSGI application between waitress and Bolt."""

    def __init__(self, app: App, door: FrontDoor, doubt: Callable[[], str] = str) -> None:
        self._app = app
        self._door = door
        self._doubt = doubt
        self._signatures = Signatures()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        response = self._route(environ)
        body = response.body.encode()
        headers = [*response.first_headers_without_set_cookie().items(), ("Content-Length", str(len(body)))]
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _route(self, environ: WSGIEnvironment) -> BoltResponse:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if path == HEALTH_PATH and method in {"GET", "HEAD"}:
            # The bot lives and answers people, so whatever is in doubt is no reason to start it again.
            words = ("ok", self._doubt(), self._signatures.doubt())
            return BoltResponse(status=HTTPStatus.OK, body="\n".join(filter(None, words)))
        if path == EVENTS_PATH and method == "POST":
            return self._receive(environ)
        return BoltResponse(status=HTTPStatus.NOT_FOUND, body="not found")

    def _receive(self, environ: WSGIEnvironment) -> BoltResponse:
        try:
            admitted = self._door.admit(
                environ["wsgi.input"].read(),
                content_type=environ.get("CONTENT_TYPE", ""),
                timestamp=environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""),
                signature=environ.get("HTTP_X_SLACK_SIGNATURE", ""),
            )
            self._signatures.fitted()
        except RefusedError as refused:
            if refused.other_secret and (warning := self._signatures.refused()):
                _log.warning("%s", warning[0].upper() + warning[1:])
            _log.info("A request was refused with %d: %s", refused.status, refused)
            return BoltResponse(status=refused.status)
        try:
            if not self._door.claim(admitted):
                return BoltResponse(status=HTTPStatus.OK)
        except Exception:  # noqa: BLE001 - whatever the database raises, nothing was done yet, and Slack may send it again
            _log.exception("It is unknown whether a request was let in before, so it has to come again")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        response = self._dispatch(admitted.body, _retry_headers(environ))
        if response.status != HTTPStatus.OK:
            self._door.release(admitted)
        return response

    def _dispatch(self, body: dict[str, object], headers: dict[str, str]) -> BoltResponse:
        """Hand Bolt the parsed body, as in Socket Mode, where it neither parses nor checks a signature."""
        try:
            request = BoltRequest(mode="socket_mode", body=body, headers={**headers})
        except (AttributeError, KeyError, TypeError, ValueError):
            _log.warning("A signed request is not of the shape Bolt expects.", exc_info=True)
            return BoltResponse(status=HTTPStatus.BAD_REQUEST)
        return self._app.dispatch(request)


def _retry_headers(environ: WSGIEnvironment) -> dict[str, str]:
    """What tells a listener that Slack sends an event again. Bolt obeys some other headers, so none else."""
    names = {
        "HTTP_X_SLACK_RETRY_NUM": "x-slack-retry-num",
        "HTTP_X_SLACK_RETRY_REASON": "x-slack-retry-reason",
    }
    return {name: environ[key] for key, name in names.items() if key in environ}
