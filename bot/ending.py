"""SIGTERM and SIGINT: they end the run, break off a start, and end the process whatever it is stuck in."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_log = logging.getLogger("bot")

ENDS_WITHIN: Final = 8.0
"""Seconds from the signal to the end of the process; container platforms kill after ten."""

NUDGE: Final = 0.2
"""Seconds until a main thread that has not heard of a signal is woken once more."""

CUT_SHORT: Final = 1
"""The exit status of a process that could not stop in order."""


class ToldToStopError(BaseException):
    """Somebody wants the bot to stop before it has begun."""


class Signals:
    """They end the run; a start that still waits for Slack or the database is broken off."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        """Set soon after a signal, for whoever waits for it."""
        self.told = False
        """Whether there was a signal."""
        self._breaks_off = False
        self._last_resort()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._heard)

    @contextmanager
    def break_off(self) -> Iterator[None]:
        """Within this, a signal raises."""
        self._breaks_off = True
        try:
            if self.told:
                raise ToldToStopError
            yield
        finally:
            self._breaks_off = False

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        # It may run amid `stop.wait()`, whose lock is held there: nothing of `stop` may be touched.
        self.told = True
        if self._breaks_off:
            self._breaks_off = False  # a second signal must not break off the tidying up
            raise ToldToStopError

    def _last_resort(self) -> None:
        """Let a thread of its own hear of signals too.

        Python's handlers wait for the main thread, which may be inside a library, a look-up of a name or a statement
        of SQLite, and is not woken from a wait where the system gave the signal to another thread or just before the
        wait began. The byte in this pipe comes at once.
        """
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
        threading.Thread(
            target=self._waits_for_the_end, args=(reads,), name="last-resort", daemon=True
        ).start()

    def _waits_for_the_end(self, reads: int) -> None:
        while os.read(reads, 1)[0] not in (signal.SIGTERM, signal.SIGINT):
            pass
        self.stop.set()
        # Daemons are not waited for at the end, so an orderly one comes first, with its own exit status.
        for _ in range(round(ENDS_WITHIN / NUDGE)):
            time.sleep(NUDGE)
            self._nudge()
        _log.warning(
            "Reverse Mentor was told to stop, and something hangs: it ends now, and goes on after the next start"
        )
        logging.shutdown()
        os._exit(CUT_SHORT)

    def _nudge(self) -> None:
        """Wake the main thread if it has not heard of the signal yet."""
        main = threading.main_thread().ident
        if not self.told and main is not None:
            signal.pthread_kill(main, signal.SIGTERM)
