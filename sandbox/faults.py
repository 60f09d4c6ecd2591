"""Faults on demand: what can go wrong between an app and Slack, for the next calls or for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["ratelimited", "http", "error", "slow", "reset"]
SocketEnd = Literal["reset", "eof", "deaf", "half_frame"]
ANY = "*"


@dataclass(slots=True)
class Fault:
    """One standing order: what to do to calls of ``method`` (``*``: all) while it lasts."""

    method: str
    kind: FaultKind
    left: int | None
    until: float | None
    after_effect: bool = False
    status: int = 0
    error: str = ""
    seconds: float = 0.0
    retry_after: int = 1

    def matches(self, method: str) -> bool:
        """Return whether it still applies to a call of that method."""
        alive = (self.left is None or self.left > 0) and (self.until is None or time.monotonic() < self.until)
        return alive and self.method in (ANY, method)


class Faults:
    """The switchboard of failures; every switch takes ``times`` (calls) or ``seconds`` (real time).

    ``after_effect=True`` lets the call take effect in Slack before the app sees it fail.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._dropped: list[Fault] = []
        self._before: Callable[[str], object] | None = None
        self._lag: Callable[[], float] | None = None
        self._on_disconnect: Callable[[str], None] | None = None
        self._on_cut: Callable[[], None] | None = None
        self._on_break: Callable[[SocketEnd], None] | None = None

    def connect(
        self,
        disconnect: Callable[[str], None],
        cut: Callable[[], None],
        break_: Callable[[SocketEnd], None] | None = None,
    ) -> None:
        """Wire the three websocket switches to the server."""
        self._on_disconnect, self._on_cut, self._on_break = disconnect, cut, break_

    def ratelimit(
        self,
        method: str = ANY,
        *,
        times: int | None = None,
        seconds: float | None = None,
        retry_after: int = 1,
    ) -> None:
        """Answer HTTP 429 with ``Retry-After``."""
        self._add(method, "ratelimited", times, seconds, retry_after=retry_after)

    def http_error(
        self,
        method: str = ANY,
        *,
        status: int = 500,
        times: int | None = None,
        seconds: float | None = None,
        after_effect: bool = False,
    ) -> None:
        """Answer that HTTP status (500, 503 …) with a body that is not JSON, as a gateway does."""
        self._add(method, "http", times, seconds, status=status, after_effect=after_effect)

    def error(
        self,
        method: str,
        error: str,
        *,
        times: int | None = None,
        seconds: float | None = None,
        after_effect: bool = False,
    ) -> None:
        """Answer ``ok: false`` with that error string."""
        self._add(method, "error", times, seconds, error=error, after_effect=after_effect)

    def slow(
        self, method: str = ANY, *, delay: float, times: int | None = None, seconds: float | None = None
    ) -> None:
        """Answer only after ``delay`` real seconds; the effect takes place at once."""
        self._add(method, "slow", times, seconds, delay=delay)

    def reset(
        self,
        method: str = ANY,
        *,
        times: int | None = None,
        seconds: float | None = None,
        after_effect: bool = False,
    ) -> None:
        """Break the TCP connection instead of answering."""
        self._add(method, "reset", times, seconds, after_effect=after_effect)

    def drop_events(
        self, event_type: str = ANY, *, times: int | None = None, seconds: float | None = None
    ) -> None:
        """Never send events of that type."""
        self._dropped.append(_fault(event_type, "error", times, seconds))

    def before_each(self, look: Callable[[str], object] | None) -> None:
        """Call ``look`` with the method of each call before anything befalls it, until it is None.

        It may switch on a fault for this very call, such as one in five that are drawn.
        """
        self._before = look

    def lag_history(self, seconds: Callable[[], float] | None) -> None:
        """Let conversations.history leave out the newest messages, those of so many seconds of business time."""
        self._lag = seconds

    def history_lag(self) -> float:
        """Return how many seconds the history lags behind at this look."""
        return self._lag() if self._lag else 0.0

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send ``disconnect`` on every socket; all reasons but ``warning`` close it as well."""
        if self._on_disconnect is not None:
            self._on_disconnect(reason)

    def cut_sockets(self) -> None:
        """Break every websocket without a word."""
        if self._on_cut is not None:
            self._on_cut()

    def break_sockets(self, how: SocketEnd) -> None:
        """Break every open websocket: sockets opened later are well.

        ``reset``: a TCP reset. ``eof``: TCP's orderly end without a close frame; the other half stays open.
        ``deaf``: TCP stays open, but nothing is read, answered or sent any more, pings included.
        ``half_frame``: the beginning of a frame, then deaf. Payloads given to a deaf socket are lost.
        """
        if self._on_break is not None:
            self._on_break(how)

    def clear(self) -> None:
        """End every fault; who looks at each call goes on."""
        self._lag = None
        with self._lock:
            self._faults.clear()
            self._dropped.clear()

    def standing(self) -> list[Fault]:
        """Return the faults that wait for calls, oldest first."""
        with self._lock:
            return [f for f in self._faults if f.matches(f.method)]

    def take(self, method: str) -> tuple[float, Fault | None]:
        """Return the delay and the failure that the next call of a method meets, counting both."""
        if self._before is not None:
            self._before(method)
        with self._lock:
            live = [f for f in self._faults if f.matches(method)]
            delay = sum(_used(f).seconds for f in live if f.kind == "slow")
            failure = next((f for f in live if f.kind != "slow"), None)
            return delay, _used(failure) if failure else None

    def drops(self, event_type: str) -> bool:
        """Return whether an event of that type is to be lost, counting it."""
        with self._lock:
            found = next((f for f in self._dropped if f.matches(event_type)), None)
            return found is not None and bool(_used(found))

    def _add(
        self,
        method: str,
        kind: FaultKind,
        times: int | None,
        seconds: float | None,
        *,
        after_effect: bool = False,
        status: int = 0,
        error: str = "",
        delay: float = 0.0,
        retry_after: int = 1,
    ) -> None:
        fault = _fault(method, kind, times, seconds)
        fault.after_effect, fault.status, fault.error = after_effect, status, error
        fault.seconds, fault.retry_after = delay, retry_after
        with self._lock:
            self._faults.append(fault)


def _fault(method: str, kind: FaultKind, times: int | None, seconds: float | None) -> Fault:
    if times is None and seconds is None:
        times = 1
    return Fault(method, kind, times, time.monotonic() + seconds if seconds is not None else None)


def _used(fault: Fault) -> Fault:
    if fault.left is not None:
        fault.left -= 1
    return fault
