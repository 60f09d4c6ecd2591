"""One WebSocket to Slack: hands over whole messages, and notices when the other end is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from socket import SHUT_RDWR
from ssl import SSLContext
from typing import Final

import websocket
from websocket import ABNF


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a line is kept under watch; seconds. A line that died is noticed within `asks_after` + `waits`."""

    asks_after: float = 4.0
    """As long after the last question, the other end is asked again whether it is there (a ping)."""

    waits: float = 8.0
    """Without an answer (a pong) for so long, the line is dead."""


HANDSHAKE_SECONDS: Final = 10.0

_ENDS: Final = {
    websocket.WebSocketConnectionClosedException: "connection_closed",
    websocket.WebSocketTimeoutException: "timeout",
    websocket.WebSocketBadStatusException: "handshake_refused",
    websocket.WebSocketAddressException: "name_not_resolved",
    ConnectionRefusedError: "connection_refused",
    OSError: "connection_reset",
}


class CannotOpen(ConnectionError):
    """No line could be opened; the text is a short name of the reason, without the address and its ticket."""


def _name(problem: Exception) -> str:
    return next((name for kind, name in _ENDS.items() if isinstance(problem, kind)), type(problem).__name__)


class Line:
    """One connection. `read` belongs to one thread, `send`, `retire`, `hang_up` and `cut` to any.

    The connection is of the library websocket-client, which continues a frame where a wait for the rest of it ended: a
    wait with a limit neither tears a message nor takes slow bytes for silence.
    """

    def __init__(self, url: str, pulse: Pulse, certificates: SSLContext | None = None) -> None:
        """Open it; raises `CannotOpen`."""
        try:
            self._socket = websocket.create_connection(
                url,
                HANDSHAKE_SECONDS,
                sslopt={"context": certificates} if certificates else {},
                skip_utf8_validation=True,  # done in Python, byte by byte; json.loads does it anyway
            )
        except Exception as problem:  # noqa: BLE001 - whatever the handshake raises, its text may hold the ticket
            raise CannotOpen(_name(problem)) from None
        self._socket.settimeout(pulse.asks_after)
        assert self._socket.sock is not None, "it is open"
        self._raw = self._socket.sock
        self._pulse = pulse
        self._opened = self._turn = self._asked = time.monotonic()
        self._awaits_answer = False
        self._ends_at: float | None = None
        self._over = threading.Event()

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent, as far as is known here."""
        return not self._over.is_set()

    @property
    def age(self) -> float:
        """Seconds since it was opened."""
        return time.monotonic() - self._opened

    def read(self, take: Callable[[str | bytes], None]) -> str:
        """Hand every message to `take` until the line ends; gives a short name of the reason."""
        try:
            while (reason := self._listen(take)) is None:
                pass
        except Exception as problem:  # noqa: BLE001 - a line that raises anything at all is at its end
            reason = _name(problem)
        self.cut()
        return reason

    def _listen(self, take: Callable[[str | bytes], None]) -> str | None:
        """Take what comes next, for at most the pulse's time; the reason, if that was the end."""
        try:
            kind, data = self._socket.recv_data(control_frame=True)
        except websocket.WebSocketTimeoutException:
            kind, data = None, b""
        if kind in (ABNF.OPCODE_TEXT, ABNF.OPCODE_BINARY):
            take(data)
        if kind == ABNF.OPCODE_CLOSE:
            return "closed_by_slack"
        return self._feel_pulse(kind)

    def _feel_pulse(self, kind: int | None) -> str | None:
        now = time.monotonic()
        took, self._turn = now - self._turn, now
        if self._ends_at is not None and now >= self._ends_at:
            self.hang_up()
            return "retired"
        # While one frame is coming, no answer can; and while this process was suspended, none was read.
        if kind == ABNF.OPCODE_PONG or took > self._pulse.asks_after * 1.5:
            self._awaits_answer = False
        if self._awaits_answer and now - self._asked >= self._pulse.waits:
            return "no_answer_to_pings"
        if not self._awaits_answer and now - self._asked >= self._pulse.asks_after:
            self._socket.ping()
            self._asked, self._awaits_answer = now, True
        return None

    def send(self, message: str) -> bool:
        """Send a message; False when it cannot have been sent whole. The line is at its end then."""
        if self._over.is_set():
            return False
        try:
            self._socket.send(message)
        except Exception:  # noqa: BLE001 - half a frame may be on its way, whatever was raised
            self.cut()
            return False
        return True

    def retire(self, seconds: float) -> None:
        """Another line takes over: end this one after so long, unless Slack does so before."""
        self._ends_at = time.monotonic() + seconds

    def hang_up(self) -> None:
        """Take leave of Slack; `read` ends when Slack has done so too."""
        self._over.set()
        try:
            self._socket.send_close()
        except Exception:  # noqa: BLE001 - it is being closed, whatever is raised
            self.cut()

    def cut(self) -> None:
        """End it now; `read` comes back at once."""
        self._over.set()
        try:
            self._raw.shutdown(SHUT_RDWR)
        except OSError:  # the other end was faster
            return

    def close(self) -> None:
        """Give back what the system holds for it, once nobody reads any more."""
        self._socket.shutdown()  # type: ignore[no-untyped-call]  # the library leaves it untyped
