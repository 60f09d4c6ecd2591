"""Which signed requests were let in, shared by every process on the database and kept over a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.slack.waits import Pause
from bot.transport.front_door import CLOCK_TOLERANCE, REPLAY_MEMORY
from storage import admitted
from storage.database import Database

KEPT: Final = timedelta(seconds=REPLAY_MEMORY + CLOCK_TOLERANCE)
"""Longer than a signature can be valid, even by the clock of another process that is minutes behind."""

_FORGET_EVERY: Final = 60.0


class SeenRequests:
    """Keeps signatures in the database: one short transaction a request. Safe to use from several threads."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        """`now` is the wall clock in seconds since the epoch."""
        self._database, self._now = database, now
        self._lock = threading.Lock()
        self._pause = Pause.of(datetime.fromtimestamp(0, UTC), 0)

    def claim(self, signature: bytes) -> bool:
        """Keep the signature of a request as let in; False when any process has kept it before."""
        now = datetime.fromtimestamp(self._now(), UTC)
        forgets = self._is_time_to_forget(now)
        with self._database.write() as tx:
            if forgets:
                admitted.forget(tx, now)
            return admitted.claim(tx, signature.hex(), now + KEPT)

    def release(self, signature: bytes) -> None:
        """Forget a request that came to nothing."""
        with self._database.write() as tx:
            admitted.release(tx, signature.hex())

    def _is_time_to_forget(self, now: datetime) -> bool:
        with self._lock:
            if self._pause.goes_on(now):
                return False
            self._pause = Pause.of(now, _FORGET_EVERY)
            return True
