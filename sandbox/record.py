"""The record: one history of every call, delivery and visible happening."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar, overload

from sandbox.clock import Clock
from sandbox.settings import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call: arguments with tokens masked, the answer, and whether it took effect.

    ``url`` is the ``response_url`` that an answer came by, as in the payload that brought it; else empty.
    """

    method: str
    args: Json
    answer: Json
    status: int
    at: datetime
    seconds: float
    effect: bool
    url: str = ""

    @property
    def error(self) -> str | None:
        """Slack's error string, or None when the call succeeded."""
        return None if self.answer.get("ok") else str(self.answer.get("error", f"http_{self.status}"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """One payload sent to the app and what became of it."""

    kind: str
    payload: Json
    attempt: int
    acked: bool
    answer: Json | None
    problem: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the story: who did what, where."""

    at: datetime
    who: str
    what: str
    where: str
    text: str

    def __str__(self) -> str:
        place = f" in {self.where}" if self.where else ""
        words = f": {self.text}" if self.text else ""
        return f"{self.at:%a %H:%M} {self.who} {self.what}{place}{words}"


T = TypeVar("T")


class History(Sequence[T]):
    """An append-only list that can be watched; reading gives a snapshot."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._watchers: list[Callable[[T], None]] = []
        self._lock = threading.RLock()

    def append(self, item: T) -> None:
        """Add an item and tell the watchers, in order."""
        with self._lock:
            self._items.append(item)
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher(item)

    def subscribe(self, watcher: Callable[[T], None]) -> Callable[[], None]:
        """Call ``watcher`` with every later item; the returned function ends that."""
        with self._lock:
            self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        with self._lock:
            return self._items[index]

    def __len__(self) -> int:
        with self._lock:
            return len(self._items)

    def __iter__(self) -> Iterator[T]:
        with self._lock:
            return iter(list(self._items))


class Calls(History[Call]):
    """All Web API calls, with the counts a report needs."""

    def to(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [c for c in self if c.method == method]

    def counts(self) -> dict[str, int]:
        """Return the number of calls by method."""
        return dict(Counter(c.method for c in self))

    def errors(self) -> dict[str, dict[str, int]]:
        """Return the number of errors by method and error string."""
        found: dict[str, dict[str, int]] = {}
        for call in self:
            if call.error:
                by_error = found.setdefault(call.method, {})
                by_error[call.error] = by_error.get(call.error, 0) + 1
        return found


class Record:
    """Everything that happened: calls, deliveries, the timeline, and the app's protocol mistakes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.calls = Calls()
        self.responses: History[Call] = History()
        """Answers of the app through a ``response_url``; ``method`` is ``response_url``."""
        self.deliveries: History[Delivery] = History()
        self.timeline: History[Happening] = History()
        self.refusals: History[str] = History()

    def happened(self, who: str, what: str, where: str = "", text: str = "") -> None:
        """Add a line to the timeline at the current business time."""
        self.timeline.append(Happening(self._clock.now(), who, what, where, " ".join(text.split())))

    def called(
        self, method: str, args: Json, answer: Json, status: int, seconds: float, effect: bool
    ) -> None:
        """Add a Web API call, tokens masked; ``answer`` is what the app saw."""
        call = Call(method, masked(args), masked(answer), status, self._clock.now(), seconds, effect)
        self.calls.append(call)

    def responded(self, url: str, payload: object, answer: Json, status: int) -> None:
        """Add an answer through a ``response_url``."""
        args = payload if isinstance(payload, dict) else {"body": payload}
        ok = status == HTTPStatus.OK
        call = Call("response_url", masked(args), masked(answer), status, self._clock.now(), 0.0, ok, url)
        self.responses.append(call)

    def delivered(
        self, kind: str, payload: Json, attempt: int, acked: bool, answer: Json | None, problem: str
    ) -> None:
        """Add a payload sent to the app and its outcome."""
        at = self._clock.now()
        self.deliveries.append(Delivery(kind, masked(payload), attempt, acked, answer, problem, at))


def masked(value: Any) -> Any:
    """Return a copy of call arguments in which nothing that looks like a Slack token is left."""
    if isinstance(value, dict):
        return {k: "(masked)" if "token" in str(k) else masked(v) for k, v in value.items()}
    if isinstance(value, list):
        return [masked(v) for v in value]
    if isinstance(value, str) and value.startswith(("xox", "xapp-")):
        return "(masked)"
    return value
