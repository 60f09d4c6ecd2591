"""The time that Slack waits for an answer: one thread looks at every act when that is over."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count
from typing import Final

from handlers.in_time import Answer, OutOfTime

ANSWER_WITHIN = 2.0
"""Seconds in which an act is answered or acknowledged. Slack waits for three, and the way there takes its share."""

LOOK_UP_WITHIN = 1.2
"""Seconds of an act in which Slack is asked about people and channels, all of them together."""

SETTLES: Final = 0.7
"""Seconds that Slack may take to show the modal of an acknowledgment."""

AT_THE_DOOR = 1.8
"""Seconds of an act in which the database tells who acts; `LOOK_UP_WITHIN` is a part of them."""

_DOORS: Final = 128
"""As many as requests may wait for their answer at once."""

_Then = Callable[[Answer], object]


class RealTime:
    """Counts real seconds. Its thread lives as long as there is something to look at. Safe to use from any thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Count by this clock, in seconds."""
        self.answer_within: float | None = ANSWER_WITHIN
        self._monotonic = monotonic
        self._due: list[tuple[float, int, Answer, _Then]] = []
        self._number = count()
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._doors = ThreadPoolExecutor(_DOORS, thread_name_prefix="door")

    def over(self, answer: Answer, then: _Then) -> None:
        """Let an answer run out when its time is over, counted from now; `then` is done after that, if it did."""
        due_at = self._monotonic() + ANSWER_WITHIN
        with self._news:
            heapq.heappush(self._due, (due_at, next(self._number), answer, then))
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="in-time", daemon=True)
                self._thread.start()
            elif self._due[0][2] is answer:
                self._news.notify()

    def look_ups(self) -> Callable[[], float]:
        """Begin to count; what it gives tells the seconds in which Slack may still be asked, 0 when they are over."""
        until = self._monotonic() + LOOK_UP_WITHIN
        return lambda: max(0.0, until - self._monotonic())

    def settle(self) -> None:
        """Wait until Slack has put the modal of an acknowledgment on the screen, which must not cover what follows."""
        time.sleep(SETTLES)

    def at_the_door(self, check: Callable[[], None]) -> None:
        """Do what comes before an act, and raise what it raises, or `OutOfTime`; it is left to itself then."""
        checked = self._doors.submit(check)
        wait([checked], AT_THE_DOOR)
        if not checked.done():
            checked.cancel()
            raise OutOfTime
        checked.result()

    def _look(self) -> None:
        while (found := self._next()) is not None:
            answer, then = found
            if answer.run_out():
                # It may call Slack, for which the others must not wait.
                threading.Thread(target=then, args=(answer,), name="told-later", daemon=True).start()

    def _next(self) -> tuple[Answer, _Then] | None:
        """The next act whose time is over, once it is; None when there is none, and the thread ends."""
        with self._news:
            while self._due:
                due_at, _, answer, then = self._due[0]
                wait = due_at - self._monotonic()
                if answer.given or wait <= 0:
                    heapq.heappop(self._due)
                    if not answer.given:
                        return answer, then
                else:
                    self._news.wait(wait)
            self._thread = None
            return None
