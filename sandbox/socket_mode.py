"""Socket Mode: the WebSocket end that hands envelopes to an app and waits for their acknowledgement.

Sources: docs.slack.dev/apis/events-api/using-socket-mode; message shapes from the fixtures of
python-slack-sdk and node-slack-sdk; ten connections and one receiver per envelope from node-slack-sdk#1654.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket as sockets
import struct
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConcurrencyError, ConnectionClosed
from websockets.http11 import Request, Response

from sandbox.delivery import Answer, Parcel
from sandbox.faults import SocketEnd
from sandbox.settings import Json
from sandbox.workspace import Workspace

_HOST = "applink-2"
_DRAIN_SECONDS = 2.0
"""How long a connection that was asked to refresh stays open for acknowledgements."""


class SocketHub:
    """All open connections of the app; lives on the server's event loop."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._tickets: set[str] = set()
        self._sockets: list[ServerConnection] = []
        self._draining: set[ServerConnection] = set()
        self._deaf: set[ServerConnection] = set()
        self._pending: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: Server | None = None
        self.connections = 0
        """Connections open now; changes are announced through the workspace's condition."""

    async def start(self) -> None:
        """Listen on a port of its own, as Slack's WebSocket hosts are apart from its API."""
        settings = self._ws.settings
        self._server = await serve(
            self._serve,
            settings.host,
            settings.socket_port,
            process_request=self._admit,
            ping_interval=None,
            close_timeout=0.02,
        )

    async def stop(self) -> None:
        """Close every connection and the listener."""
        for task in list(self._tasks):
            task.cancel()
        for socket in list(self._deaf):
            socket.transport.abort()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def new_url(self) -> str:
        """Return an address with a ticket that opens one connection."""
        assert self._server is not None, "the listener has been started"
        host, port = next(iter(self._server.sockets)).getsockname()[:2]
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"ws://{host}:{port}/link/?ticket={ticket}&app_id={self._ws.app.app_id}"

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        if ticket not in self._tickets:
            return connection.respond(HTTPStatus.FORBIDDEN, "this ticket is not valid (any more)\n")
        self._tickets.discard(ticket)
        return None

    async def _serve(self, socket: ServerConnection) -> None:
        if len(self._hearing()) >= self._ws.settings.max_sockets:
            await socket.send(self._disconnect_message("too_many_websockets"))
            return
        self._sockets.append(socket)
        pinging = asyncio.create_task(self._ping(socket))
        try:
            await socket.send(json.dumps(self._hello()))
            self._announce()
            async for message in socket:
                self._acknowledge(message)
        except ConnectionClosed:
            return
        finally:
            pinging.cancel()
            self._sockets.remove(socket)
            self._draining.discard(socket)
            self._deaf.discard(socket)
            self._announce()

    def _hearing(self) -> list[ServerConnection]:
        """The connections that are not deaf: nobody notices when an app closes one that is."""
        return [socket for socket in self._sockets if socket not in self._deaf]

    def _announce(self) -> None:
        with self._ws.lock:
            self.connections = len(self._hearing())
            self._ws.touch()

    async def _ping(self, socket: ServerConnection) -> None:
        while True:
            await asyncio.sleep(self._ws.settings.ping_seconds)
            if socket not in self._deaf:
                with suppress(ConcurrencyError):  # the last one is not answered yet
                    await socket.ping(f"Ping from {_HOST}")

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "debug_info": {"host": _HOST, "build_number": 10, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._ws.app.app_id},
        }

    def _disconnect_message(self, reason: str) -> str:
        return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}})

    def _acknowledge(self, message: str | bytes) -> None:
        try:
            answer: Any = json.loads(message)
        except json.JSONDecodeError:
            return
        envelope_id = answer.get("envelope_id") if isinstance(answer, dict) else None
        waiting = self._pending.get(str(envelope_id))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def deliver(self, parcel: Parcel) -> Answer:
        """Send an envelope to one connection; a late acknowledgement counts as none."""
        socket = self._next_socket()
        if socket is None:
            return Answer(False, problem="dispatch_failed")
        waiting = asyncio.get_running_loop().create_future()
        self._pending[parcel.envelope_id] = waiting
        try:
            if socket not in self._deaf:
                await socket.send(self._frames(socket, json.dumps(_envelope(parcel))))
            answer: Json = await asyncio.wait_for(waiting, self._ws.settings.ack_seconds)
        except (TimeoutError, ConnectionClosed):
            return Answer(False, problem="timeout")
        finally:
            self._pending.pop(parcel.envelope_id, None)
        return Answer(True, answer.get("payload") if parcel.accepts_answer else None)

    def _frames(self, socket: ServerConnection, message: str) -> str | AsyncIterator[str]:
        """The message whole, or in fragments with a ping between two."""
        size = self._ws.settings.fragment_characters
        return _fragments(socket, message, size) if size else message

    def _next_socket(self) -> ServerConnection | None:
        hearing = self._hearing() or self._sockets
        ready = [s for s in hearing if s not in self._draining] or hearing
        if not ready:
            return None
        self._turn += 1
        return ready[self._turn % len(ready)]

    async def disconnect(self, reason: str) -> None:
        """Ask every connection to refresh; all reasons but ``warning`` end it shortly after."""
        for socket in list(self._sockets):
            await socket.send(self._disconnect_message(reason))
            if reason != "warning":
                self._draining.add(socket)
                task = asyncio.create_task(_close_later(socket))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def cut(self) -> None:
        """Break every connection without a word."""
        for socket in list(self._sockets):
            socket.transport.abort()

    async def break_all(self, how: SocketEnd) -> None:
        """Break every connection in that way."""
        for socket in list(self._sockets):
            if how == "reset":
                reset(socket.transport)
            elif how == "eof":
                socket.transport.write_eof()
                self._deafen(socket)
            else:
                if how == "half_frame":
                    socket.transport.write(_HALF_FRAME)
                self._deafen(socket)

    def _deafen(self, socket: ServerConnection) -> None:
        self._deaf.add(socket)
        socket.transport.pause_reading()
        self._announce()


_HALF_FRAME = b'\x81\x7e\x10\x00{"envelope_id": "half'
"""The header of a text frame of 4,096 bytes, and the first few of them."""


def reset(transport: asyncio.Transport) -> None:
    """End a connection with a TCP reset."""
    raw = transport.get_extra_info("socket")
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _fragments(socket: ServerConnection, message: str, size: int) -> AsyncIterator[str]:
    for start in range(0, len(message), size):
        if start:
            await socket.ping(f"Ping from {_HOST} {start}")  # two pings that are alike may not be out at once
        yield message[start : start + size]


async def _close_later(socket: ServerConnection) -> None:
    await asyncio.sleep(_DRAIN_SECONDS)
    await socket.close()


def _envelope(parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": parcel.envelope_id,
        "payload": parcel.payload,
        "type": parcel.channel,
        "accepts_response_payload": parcel.accepts_answer,
    }
    if parcel.channel == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": "timeout" if parcel.reason else ""}
    return envelope
