"""Hours: the clock in the top bar, and the buttons that let time pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Sized
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.errors import PersonError
from sandbox.page.host import TimeControl
from sandbox.settings import Json

LEAPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(weeks=4)
FRESH_SECONDS = 1.0
"""So long the next event is taken as known; asking the host may cost it a query."""


class Hours:
    """Business time as the page shows and moves it; ``time`` is None when the host offers no hands."""

    def __init__(self, clock: Clock, timeline: Sized, control: TimeControl | None) -> None:
        self._clock, self._timeline, self._control = clock, timeline, control
        self._moving = threading.Lock()
        self._next: datetime | None = None
        self._asked = float("-inf")

    def face(self) -> Json:
        """What the clock shows: now, whether time is being moved, and the next event."""
        found: Json = {"now": self._clock.now().timestamp(), "movable": self._control is not None}
        if self._control is not None:
            found["busy"] = self._moving.locked()
            following = self._following(self._control)
            found["next"] = following.timestamp() if following else None
        return found

    def _following(self, control: TimeControl) -> datetime | None:
        if not self._moving.locked() and time.monotonic() - self._asked > FRESH_SECONDS:
            self._next, self._asked = control.next_event(), time.monotonic()
        return self._next

    def leap(self, by: str) -> None:
        """Live until the next event, or for an hour, a day or a week; returns when that is done."""
        if self._control is None:
            raise PersonError("Nobody offered a way to move the time.")
        if not self._moving.acquire(blocking=False):
            raise PersonError("Time is passing already. Give it a moment.")
        try:
            if by in LEAPS:
                self._control.leap_to(self._control.now() + LEAPS[by])
            else:
                self._until_something_happens(self._control)
        finally:
            self._asked = float("-inf")
            self._moving.release()

    def _until_something_happens(self, control: TimeControl) -> None:
        """Go from event to event until one of them shows; some are due and have to wait for their hour."""
        before, shortest = len(self._timeline), SHORTEST
        while len(self._timeline) == before and shortest < LONGEST:
            following = control.next_event()
            if following is None:
                raise PersonError("Nothing is planned, so there is no next event.")
            control.leap_to(max(following, control.now() + shortest))
            shortest *= 2
