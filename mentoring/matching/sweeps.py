"""Sweeps over all pairs, shared between this process and helpers that are started clean.

Comparing all pairs is most of what a large problem takes, and mentees can be compared one by one. Threads do not
help, because the arrays of one step are small; forking would copy the threads of whoever calls. So a helper is an
interpreter of its own, which is given arrays and returns arrays. Without one, or if one fails, everything is done
here. Loads numpy: import it late.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mentoring.matching import sweep
from mentoring.matching.arrays import Ints, ranks
from mentoring.matching.layout import Layout

_WORTH_IT = 50_000_000
"""With fewer couples than this, a sweep takes about as long as a helper's start."""

_MOST_HELPERS = 3
_RUN = 256
"""How many mentees next to each other stay together; who is alike is compared faster together."""

_FAILURES = (OSError, EOFError, ValueError, AttributeError, ImportError, IndexError, pickle.UnpicklingError)
"""What a pipe raises that is broken, and what reading an answer does that is none."""

Part: TypeAlias = tuple[NDArray[Any], ...]
"""What a sweep returns about some of the mentees."""


@contextmanager
def sweeps(layout: Layout, helpers: int | None = None) -> Iterator[Sweeps]:
    """Begin sweeps with some helpers, by default one for each processor beside this one if that is worth it."""
    count = _worth(layout) if helpers is None else helpers
    started = [_Helper() for _ in range(count)]
    try:
        yield Sweeps(layout, started)
    finally:
        for helper in started:
            helper.stop()


def _worth(layout: Layout) -> int:
    if len(layout.mentors) * len(layout.mentees) < _WORTH_IT or not sys.executable:
        return 0
    return min(_MOST_HELPERS, _processors() - 1)


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Sweeps:
    """Sweeps over the pairs of one layout."""

    def __init__(self, layout: Layout, helpers: Sequence[_Helper] = ()) -> None:
        self._layout = layout
        self._helpers = [helper for helper in helpers if helper.tell(layout)]

    def best(self, few: int, fewer: int) -> tuple[Ints, Ints]:
        """Return about the best `few` mentors of each mentee and `fewer` mentees of each mentor, as places of both."""
        every = np.arange(len(self._layout.mentees))
        parts = self._shared(sweep.best, every, few, 2 * fewer)
        tops = np.maximum.reduce([top for _, _, top in parts])
        # The best of some of the groups are good enough to tell the best of all mentees from the others.
        tops.partition(fewer, axis=0)
        least = np.maximum(tops[fewer].astype(np.int64), 1)
        mentor, mentee = _together(self._shared(sweep.sought, every, least))
        order = np.lexsort((mentee, mentor))  # the same with any number of helpers
        kept = order[ranks(mentor[order]) < 2 * fewer]
        mentors, mentees = _together([(one, other) for one, other, _ in parts])
        return np.concatenate([mentors, mentor[kept]]), np.concatenate([mentees, mentee[kept]])

    def beating(
        self, mentor: Ints, mentee: Ints, most: int, places: Ints | None = None
    ) -> tuple[Ints, Ints, Ints]:
        """Return the pairs worth more than their prices, of all mentees or some; see `sweep.beating`."""
        places = np.arange(len(mentee)) if places is None else places
        found, of, cut = _together(self._shared(sweep.beating, places, mentor, mentee, most))
        return found, of, np.sort(cut)

    def _shared(self, job: Callable[..., Part], places: Ints, *arguments: Any) -> list[Part]:
        """Do a part of the mentees here while helpers do the others; return what each found."""
        mine, *theirs = _dealt(self._layout, places, 1 + len(self._helpers))
        asked = [
            (helper, part, helper.tell((job.__name__, (*arguments, part))))
            for helper, part in zip(self._helpers, theirs, strict=True)
        ]
        parts = [job(self._layout, *arguments, mine)]
        for helper, part, told in asked:
            answer = helper.answer() if told else None
            if answer is None:
                self._helpers = [other for other in self._helpers if other is not helper]
            parts.append(job(self._layout, *arguments, part) if answer is None else answer)
        return parts


def _together(parts: Sequence[Part]) -> Part:
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))


def _dealt(layout: Layout, places: Ints, hands: int) -> list[Ints]:
    """Deal mentees out, those who are alike in short runs, so that everybody has about as much to do."""
    if hands == 1:
        return [places]
    order = places[np.lexsort((layout.mentees[places], layout.wishes.total[places]))]
    runs = np.arange(len(order)) // _RUN
    return [order[runs % hands == hand] for hand in range(hands)]


class _Helper:
    """Another interpreter that does sweeps; it ends with its input."""

    def __init__(self) -> None:
        try:
            self._process: subprocess.Popen[bytes] | None = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # Whoever interrupts this process hears of it once, not twice.
            )
        except OSError:
            self._process = None

    def tell(self, what: object) -> bool:
        """Send the helper something, and return whether that was possible."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            _send(process.stdin, what)
        except _FAILURES:
            return False
        return True

    def answer(self) -> Part | None:
        """Wait for what the helper found; None if it failed."""
        process = self._process
        if process is None or process.stdout is None:
            return None
        try:
            found: Part = pickle.load(process.stdout)  # noqa: S301 - written by our own process
        except _FAILURES:
            return None
        return found

    def stop(self) -> None:
        """End the helper and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def _send(stream: IO[bytes], what: object) -> None:
    pickle.dump(what, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def help_out(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests for sweeps, the first of which is the layout, until there are no more."""
    jobs: dict[str, Callable[..., Part]] = {
        job.__name__: job for job in (sweep.best, sweep.sought, sweep.beating)
    }
    try:
        layout = pickle.load(requests)  # noqa: S301 - written by the process that started this one
        while True:
            job, arguments = pickle.load(requests)  # noqa: S301 - as above
            _send(answers, jobs[job](layout, *arguments))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    help_out(sys.stdin.buffer, sys.stdout.buffer)
