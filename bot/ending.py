"""SIGTERM and SIGINT: they end the run, break off a start, and end the process whatever it is stuck in."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_log = logging.getLogger("bot")

ENDS_WITHIN: Final = 8.0
"""Seconds from the signal to the end of the process; container platforms kill after ten."""

CUT_SHORT: Final = 1
"""The exit status of a process that could not stop in order."""


class ToldToStopError(BaseException):
    """Somebody wants the bot to stop before it has begun."""


class Signals:
    """They end the run; a start that still waits for Slack or the database is broken off."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._breaks_off = False
        self._last_resort()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._heard)

    @contextmanager
    def break_off(self) -> Iterator[None]:
        """Within this, a signal raises."""
        self._breaks_off = True
        try:
            if self.stop.is_set():
                raise ToldToStopError
            yield
        finally:
            self._breaks_off = False

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()
        if self._breaks_off:
            self._breaks_off = False  # a second signal must not break off the tidying up
            raise ToldToStopError

    def _last_resort(self) -> None:
        """Let a thread of its own hear of signals too.

        Python's handlers wait for the main thread, which may be inside a library, a look-up of a name or a statement
        of SQLite. The byte in this pipe comes at once.
        """
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
        threading.Thread(target=_waits_for_the_end, args=(reads,), name="last-resort", daemon=True).start()


def _waits_for_the_end(reads: int) -> None:
    while os.read(reads, 1)[0] not in (signal.SIGTERM, signal.SIGINT):
        pass
    # Daemons are not waited for at the end, so an orderly one comes first, with its own exit status.
    threading.Event().wait(ENDS_WITHIN)
    _log.warning(
        "Reverse Mentor was told to stop, and something hangs: it ends now, and goes on after the next start"
    )
    logging.shutdown()
    os._exit(CUT_SHORT)
