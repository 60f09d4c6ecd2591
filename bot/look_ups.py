"""What Slack said about people lately, and how often it may be asked."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from mentoring.people import Person

MINUTE: Final = 60.0

PER_MINUTE: Final = 90
"""Look-ups in any 60 seconds; Slack allows about 100 calls of users.info a minute (tier 4)."""

IN_BACKGROUND: Final = 50
"""How many of these may be spent where nobody waits for the answer."""

MOST_KEPT: Final = 5000
"""People whose last look-up is remembered; that is a few megabytes."""


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


class Remembered:
    """What Slack said last about people, in memory only. Safe to use from several threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Remember at most so many people, those who were looked up last."""
        self._most = most
        self._lock = threading.Lock()
        self._people: OrderedDict[str, tuple[datetime, Person]] = OrderedDict()

    def keep(self, person: Person, at: datetime) -> None:
        """Remember what was said at that moment."""
        with self._lock:
            self._people[person.id] = (at, person)
            self._people.move_to_end(person.id)
            if len(self._people) > self._most:
                self._people.popitem(last=False)

    def forget(self, user_id: str) -> None:
        """Remember nothing about somebody any more."""
        with self._lock:
            self._people.pop(user_id, None)

    def since(self, user_id: str, at: datetime, age: timedelta) -> Person | None:
        """What was said in the `age` before that moment, if anything was."""
        with self._lock:
            said = self._people.get(user_id)
        return said[1] if said and at - age < said[0] < at + age else None
