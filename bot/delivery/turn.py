"""One of several processes delivers: whose turn it is, renewed in a thread of its own and taken over within seconds.

It keeps the limits of Slack, which count all processes together, and the order of conversations. That nothing is sent
twice does not rest on it: each message has a lease of its own.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from program import queue
from program.context import Context

_log = logging.getLogger(__name__)

RENEW_EVERY: Final = 2.0
"""Real seconds; a turn that cannot be renewed is over for its owner before another can have it."""

SURE_FOR: Final = queue.TURN.total_seconds() - RENEW_EVERY


class Alone:
    """It is always the turn of the only process on a database."""

    is_ours = True

    def __init__(self, begins: Callable[[], object]) -> None:
        self._begins = begins

    def start(self) -> None:
        """Begin."""
        self._begins()

    def stop(self) -> None:
        """Nobody waits for the turn."""


class Turn:
    """Whether this process delivers. `monotonic` is a clock of real seconds."""

    def __init__(
        self, ctx: Context, owner: str, monotonic: Callable[[], float], begins: Callable[[], object]
    ) -> None:
        """`begins` is called each time the turn is found to be ours, by whoever finds it."""
        self._ctx, self._owner, self._monotonic, self._begins = ctx, owner, monotonic, begins
        self._sure_until = -1.0
        self._has_begun = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="turn", daemon=True)

    @property
    def is_ours(self) -> bool:
        """Whether it is certain that no other process delivers."""
        ours = self._monotonic() < self._sure_until
        if ours and not self._has_begun:
            self._begins()
        self._has_begun = ours
        return ours

    def start(self) -> None:
        """Begin to wait for the turn."""
        self._thread.start()

    def stop(self) -> None:
        """Give the turn to whoever waits for it."""
        self._stop.set()
        self._thread.join()
        self._sure_until = -1.0
        try:
            queue.end_turn(self._ctx, self._owner)
        except Exception:  # noqa: BLE001 - the database may be gone already; then the turn ends by itself
            _log.debug("The turn could not be given back", exc_info=True)

    def renew(self) -> None:
        """Ask for the turn once."""
        asked_at = self._monotonic()
        if queue.take_turn(self._ctx, self._owner):
            self._sure_until = asked_at + SURE_FOR

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self.renew()
            except Exception:  # noqa: BLE001 - whatever the database raises, it is asked again
                _log.warning("Whose turn it is to deliver could not be asked", exc_info=True)
            self._stop.wait(RENEW_EVERY)
