"""What Slack said about people lately, how often it may be asked, and how long somebody waits for the answer."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from mentoring.people import Person

T = TypeVar("T")
L = TypeVar("L")

MINUTE: Final = 60.0

PER_MINUTE: Final = 90
"""Look-ups in any 60 seconds; Slack allows about 100 calls of users.info a minute (tier 4)."""

IN_BACKGROUND: Final = 50
"""How many of these may be spent where nobody waits for the answer."""

MOST_KEPT: Final = 5000
"""People whose last look-up is remembered; that is a few megabytes."""


AT_ONCE: Final = 16
"""Calls to Slack that may be on their way for people who wait."""


class InFlight:
    """Questions to Slack that go on by themselves, while whoever asked waits only as long as there is time.

    Several who ask the same wait for one answer. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="look-up")
        self._lock = threading.Lock()
        self._asked: dict[str, Future[Any]] = {}

    def wait(self, name: str, ask: Callable[[], T], seconds: float, late: L) -> T | L:
        """What `ask` gives within these seconds, or `late`; raises what it raises. What comes later, it has to keep.

        Without any seconds nothing is asked.
        """
        if seconds <= 0:
            return late
        try:
            return self._asking(name, ask).result(seconds)
        except TimeoutError:
            return late

    def _asking(self, name: str, ask: Callable[[], T]) -> Future[T]:
        with self._lock:
            known = self._asked.get(name)
            if known is not None:
                return known
            asked = self._pool.submit(ask)
            self._asked[name] = asked
        asked.add_done_callback(partial(self._forget, name))
        return asked

    def _forget(self, name: str, _asked: object) -> None:
        with self._lock:
            self._asked.pop(name, None)


class Budget:
    """Counts look-ups; a part of each minute's is kept for people who wait. Safe to use from several threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Count by `monotonic`, a clock in seconds."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._spent: deque[float] = deque()

    def take(self, somebody_waits: bool = True) -> bool:
        """Count one look-up in; False when it has to wait."""
        with self._lock:
            now = self._monotonic()
            while self._spent and self._spent[0] <= now - MINUTE:
                self._spent.popleft()
            if len(self._spent) >= (PER_MINUTE if somebody_waits else IN_BACKGROUND):
                return False
            self._spent.append(now)
            return True


DECIDES: Final = frozenset({"guest", "bot", "stranger"})
"""What decides who may take part; a stand-in for Slack may say none of it of anybody."""


class Habits:
    """Knows what this Slack says of people: where it says no of some, an answer about somebody else does not lack it.

    A stand-in may mark only those of whom something is so. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._denies: frozenset[str] = frozenset()

    def is_whole(self, person: Person) -> bool:
        """Learn from an answer; False where it lacks what others had, so that nobody knows who that is."""
        missing = DECIDES & person.unsaid
        self._denies |= {name for name in DECIDES - missing if getattr(person, name) is False}
        # Of those who may do nothing anyway Slack says less.
        return person.gone or person.bot or not missing & self._denies


class Remembered:
    """What Slack said last about people, in memory only. Safe to use from several threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Remember at most so many people, those who were looked up last."""
        self._most = most
        self._lock = threading.Lock()
        self._people: OrderedDict[str, tuple[datetime, Person]] = OrderedDict()
        self.forgotten = 0
        """How often something newer was heard."""

    def keep(self, person: Person, at: datetime, forgotten: int) -> None:
        """Remember what was said at that moment, unless something newer was heard since so much was `forgotten`."""
        with self._lock:
            if forgotten != self.forgotten:
                return
            self._people[person.id] = (at, person)
            self._people.move_to_end(person.id)
            if len(self._people) > self._most:
                self._people.popitem(last=False)

    def forget(self, user_id: str) -> None:
        """Remember nothing about somebody any more."""
        with self._lock:
            self.forgotten += 1
            self._people.pop(user_id, None)

    def since(self, user_id: str, at: datetime, age: timedelta) -> Person | None:
        """What was said in the `age` before that moment, if anything was."""
        with self._lock:
            said = self._people.get(user_id)
        return said[1] if said and at - age < said[0] < at + age else None
