"""A server that answers with raw bytes, or breaks the connection, at the moment a test asks for."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator

Behavior = Callable[[socket.socket], None]
"""What the server does with a connection; it is closed afterwards."""


def read_request(connection: socket.socket) -> bytes:
    """One request to the end of its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += _some(connection)
    return head + b"\r\n\r\n" + body


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionAbortedError("the client sent no whole request")
    return data


def answers(status: str, body: bytes, *headers: str, length: int | None = None) -> Behavior:
    """Read the request, then answer; a `length` beyond the body's makes the answer end too early."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
        lines += ["Content-Type: application/json", "Connection: close", *headers]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return behave


def resets_before_reading(connection: socket.socket) -> None:
    """Break the connection when the request has begun to come, unread but for one byte.

    Any earlier, and the client may notice while it connects, or not, as chance will have it.
    """
    connection.recv(1)
    _reset(connection)


def resets_after_reading(connection: socket.socket) -> None:
    """Take the whole request, then break the connection: it may have had its effect."""
    read_request(connection)
    _reset(connection)


def talks_first(connection: socket.socket) -> None:
    """Answer in plain HTTP without waiting for the request."""
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        read_request(connection)


def says_nothing(connection: socket.socket) -> None:
    """Take the request and stay silent until the client gives up."""
    while connection.recv(65536):
        pass


def _reset(connection: socket.socket) -> None:
    # Lingering for zero seconds makes close() send a TCP reset instead of an orderly end.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextlib.contextmanager
def serving(behave: Behavior) -> Iterator[str]:
    """The base address of a server that treats every connection so."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):  # the test is over, or the client broke off
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    behave(connection)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
