"""How the HTTP mode treats connections: a request has seconds to arrive, and slow ones make room for others.

waitress reads requests without spending a thread on them, but gives each as long as it trickles in, and stops to
accept connections once too many are open. Here every connection has a deadline, and whoever has kept one open
longest without a whole request loses it when room is needed, so that Slack's requests always find some.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ThreadedTaskDispatcher

HEALTH_PATH: Final = "/healthz"

REQUEST_SECONDS: Final = 10.0
"""Seconds in which a whole request must arrive, counted from the connection's start or from the last answer."""

CONNECTIONS: Final = 1000
"""Connections open at once."""

OTHER_FILES: Final = 128
"""File descriptors that are left for the database, Slack and logs where the system allows few."""

_TENDED_EVERY: Final = 0.5
_TIMED_OUT: Final = (
    f"HTTP/1.1 {HTTPStatus.REQUEST_TIMEOUT.value} Request Timeout\r\nConnection: close\r\n\r\n"
)


class StrictParser(HTTPRequestParser):
    """Refuses requests whose end two servers could see in different places (RFC 9112, section 6.3)."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the start line and the headers; raises `ParsingError`, which is answered with 400."""
        lengths, codings = 0, 0
        for line in re.split(rb"[\r\n]+", header_plus)[1:]:
            # Whatever some server might take for one of the two names counts as it.
            name = re.sub(rb"[^a-z]", b"", line.partition(b":")[0].lower())
            lengths += name == b"contentlength"
            codings += name == b"transferencoding"
        if lengths + codings > 1:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        super().parse_header(header_plus)
        if codings and not self.chunked:
            raise ParsingError("Transfer-Encoding is not understood here")


class TimedChannel(HTTPChannel):
    """A connection that knows since when it has been waiting for a whole request."""

    parser_class = StrictParser

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.waits_since = time.monotonic()
        self._serving = False
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came

    @property
    def is_waiting(self) -> bool:
        """Whether no whole request is here."""
        return not (self.requests or self._serving)

    def service(self) -> None:
        """Answer one request, in a thread of its own."""
        self._serving = True
        try:
            super().service()
        finally:
            self.waits_since = time.monotonic()
            self._serving = False

    def handle_close(self) -> None:
        """Close the connection, and the file in which a body that will never be whole was waiting."""
        unfinished, self.request = self.request, None
        super().handle_close()
        if unfinished is not None:
            unfinished.close()

    def give_up(self) -> None:
        """Close the connection; a request that has begun is answered that its time is over."""
        begun = self.request is not None and not self.total_outbufs_len
        if begun and self.socket is not None:
            with suppress(OSError):
                self.socket.send(_TIMED_OUT.encode())
        self.handle_close()


class Dispatcher(ThreadedTaskDispatcher):
    """Keeps a thread for signs of life, so that a busy bot does not look like a dead one.

    Threads for all other requests are made when they are needed, and stay.
    """

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._most = threads
        self._health = ThreadedTaskDispatcher()
        self._health.set_thread_count(1)
        self.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        """Let a thread answer the connection's next request; waitress hands over the connection."""
        asked = task.requests[0] if task.requests else None
        if getattr(asked, "path", None) == HEALTH_PATH:
            self._health.add_task(task)
        else:
            self._make_room()
            super().add_task(task)

    def _make_room(self) -> None:
        with self.lock:
            made = len(self.threads) - self.stop_count
            short = made < self._most and len(self.queue) >= made - self.active_count
        if short:
            self.set_thread_count(made + 1)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Finish what is being answered, for so many seconds at most."""
        self._health.shutdown(cancel_pending, 1)
        return super().shutdown(cancel_pending, timeout)


class Tender:
    """Looks after the connections of one server, in the thread that reads from them."""

    def __init__(self, channels: Mapping[int, TimedChannel], most: int) -> None:
        self._channels, self._most = channels, most
        self._next = 0.0

    def tend(self) -> None:
        """Close what is over its time, and what has waited longest where there are too many."""
        now, channels = time.monotonic(), self._channels
        if now < self._next and len(channels) <= self._most:
            return
        self._next = now + _TENDED_EVERY
        waiting = sorted(
            (one for one in list(channels.values()) if one.is_waiting), key=lambda one: one.waits_since
        )
        too_many = max(0, len(channels) - self._most)
        for place, channel in enumerate(waiting):
            if place < too_many or now - channel.waits_since > REQUEST_SECONDS:
                channel.give_up()


def room_for_connections() -> int:
    """How many connections may be open at once: `CONNECTIONS`, or what this process may open if that is less."""
    try:
        import resource
    except ImportError:  # not on Windows
        return CONNECTIONS // 4
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return CONNECTIONS
    # Each may have a second one: a large body waits in a file while it arrives.
    return min(CONNECTIONS, max(OTHER_FILES, (files - OTHER_FILES) // 2))
