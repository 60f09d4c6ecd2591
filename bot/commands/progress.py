"""A small progress bar on a terminal, for work that takes longer than a moment."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import TextIO

_PATIENCE = 1.0
"""Seconds without a bar: most runs are over by then."""

_BEAT = 0.2
_WIDTH = 20
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows which of the `steps` is being done, and for how long, if `to` (standard error) is a terminal."""

    def __init__(
        self, steps: Sequence[str], to: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._steps = steps
        self._done = 0
        self._words = ""
        self._to = to or sys.stderr
        self._clock = clock
        self._began = clock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="progress", daemon=True)

    def __enter__(self) -> Progress:
        if self._to.isatty():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def step(self, words: str) -> None:
        """Say which step is being done from now on; the bar stays where it is when an earlier one comes again."""
        self._done = max(self._done, self._steps.index(words))
        self._words = words

    def line(self) -> str:
        """Return the bar as it stands."""
        full = _WIDTH * self._done // len(self._steps)
        return f"[{'#' * full}{'-' * (_WIDTH - full)}] {self._words}, {self._clock() - self._began:.0f} s"

    def _beat(self) -> None:
        shown = False
        while not self._over.wait(_BEAT if shown else _PATIENCE):
            self._to.write(_CLEAR + self.line())
            self._to.flush()
            shown = True
        if shown:
            self._to.write(_CLEAR)
            self._to.flush()
