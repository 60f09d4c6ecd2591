"""The ticking itself: one APScheduler interval job, and a watchdog for clocks that jump."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

_log = logging.getLogger(__name__)

WATCH_SECONDS = 5.0
JUMP_SECONDS = 5.0
"""A wall clock that moved by so much more or less than the monotonic one has been set."""


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler publishes no types
    """A tick each time the interval has passed since the last one.

    APScheduler's own interval counts up every run that a clock which is set forward has skipped: for a small computer
    that wakes up in 1970 and then learns the date, those are a hundred million.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """One interval from now; APScheduler calls this by its name."""
        return now + self._interval


class Ticker:
    """Calls `tick` at once and then every few seconds, never twice at the same time, until it is stopped.

    APScheduler reckons with the wall clock: after a step back of an hour, an interval job is silent for an hour. So a
    watchdog compares the two clocks and, when they part, makes the job due at once. The job only says that it is time:
    the work has a thread of its own, and whatever becomes due while it runs is one more tick at its end.
    """

    def __init__(self, tick: Callable[[], object], seconds: float) -> None:
        """Prepare to tick every `seconds`; nothing runs before `start`."""
        self._tick = tick
        self._due = threading.Event()
        self._stop = threading.Event()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        # misfire_grace_time=None: late is late, but a tick that was missed must still happen.
        self._job = self._scheduler.add_job(
            self._due.set,
            _Every(timedelta(seconds=seconds)),
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._worker = threading.Thread(target=self._work, name="ticks", daemon=True)
        self._watchdog = threading.Thread(target=self._watch, name="tick-watchdog", daemon=True)

    def start(self) -> None:
        """Begin; the first tick comes at once, and catches up on what was missed."""
        self._worker.start()
        self._scheduler.start()
        self._watchdog.start()

    def stop(self) -> None:
        """End after the tick that is running."""
        self._stop.set()
        self._due.set()
        self._watchdog.join()
        self._scheduler.shutdown(wait=True)
        self._worker.join()

    def look_now(self) -> None:
        """Make the next tick due at once."""
        self._job.modify(next_run_time=datetime.now(UTC))

    def _work(self) -> None:
        while self._due.wait() and not self._stop.is_set():
            self._due.clear()
            try:
                self._tick()
            except Exception:  # noqa: BLE001 - whatever it was, the next tick must come
                _log.exception("A tick failed, and the next one tries again")

    def _watch(self) -> None:
        apart = time.time() - time.monotonic()
        while not self._stop.wait(WATCH_SECONDS):
            now = time.time() - time.monotonic()
            if abs(now - apart) > JUMP_SECONDS:
                self.look_now()
            apart = now
