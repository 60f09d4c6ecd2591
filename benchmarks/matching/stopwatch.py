"""A stopwatch for the steps of a matching: how long each takes, and how much memory it needs."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.memory import forget_peak, peak_mb
from mentoring.matching import Step


class Stopwatch:
    """Watches a matching: `seconds` each step took in all, and the `peaks` of the process's memory in it, in MB."""

    def __init__(
        self,
        clock: Callable[[], float] = time.process_time,
        peak: Callable[[], float] = peak_mb,
        forget: Callable[[], None] = forget_peak,
    ) -> None:
        self.seconds = dict.fromkeys(Step, 0.0)
        self.peaks = dict.fromkeys(Step, 0.0)
        self._clock, self._peak, self._forget = clock, peak, forget
        self._step: Step | None = None
        self._began = 0.0

    def __call__(self, step: Step) -> None:
        """Begin a step, which ends the one before."""
        self.stop()
        self._forget()
        self._step, self._began = step, self._clock()

    def stop(self) -> None:
        """End the last step."""
        if self._step:
            self.seconds[self._step] += self._clock() - self._began
            self.peaks[self._step] = max(self.peaks[self._step], self._peak())
        self._step = None
