"""Which parts of the bot work: asked one after the other in a thread, so that nothing that hangs holds up an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from time import monotonic
from typing import Final

ANSWER_WITHIN: Final = 4.0
"""Seconds in which a part says that it works; Kubernetes and Docker wait longer for a whole probe if told so."""

Look = Callable[[], str]
"""Says what is wrong with a part; empty where nothing is."""

SILENT: Final = "it does not answer"


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that comes again and again; `at` gives when it last did, on a clock in seconds."""

    what: str
    at: Callable[[], float]
    within: float

    def __call__(self) -> str:
        """That it has not come for too long; empty while it comes."""
        silent = monotonic() - self.at()
        return f"{self.what} has not moved for {silent:.0f} seconds" if silent > self.within else ""


class Kept:
    """A look whose finding is good for some seconds, because it costs a call."""

    def __init__(self, look: Look, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._look, self._seconds, self._clock = look, seconds, clock
        self._found, self._until = "", -1.0

    def __call__(self) -> str:
        """What was found lately, or is found now."""
        if self._clock() >= self._until:
            self._found = self._look()
            self._until = self._clock() + self._seconds
        return self._found


class VitalSigns:
    """The parts of a bot by name. Those in `life` tell whether the process has to be started again."""

    def __init__(
        self, life: Mapping[str, Look], others: Mapping[str, Look], answer_within: float = ANSWER_WITHIN
    ) -> None:
        self._life, self._others = dict(life), dict(others)
        self._answer_within = answer_within
        self._asking = ThreadPoolExecutor(len(others) or 1, thread_name_prefix="health")
        self._asked: dict[str, Future[str]] = {}

    def dead(self) -> dict[str, str]:
        """What is wrong with the process itself, by its parts; nothing is waited for."""
        return {name: wrong for name, look in self._life.items() if (wrong := look())}

    def down(self) -> dict[str, str]:
        """What is wrong with any part, by name."""
        for name, look in self._others.items():
            if name not in self._asked or self._asked[name].done():
                self._asked[name] = self._asking.submit(look)
            # Else it still hangs since somebody asked before, and is not asked once more.
        asked = dict(self._asked)
        wait(asked.values(), self._answer_within)
        found = {name: _told(one) for name, one in asked.items()}
        return self.dead() | {name: wrong for name, wrong in found.items() if wrong}

    @property
    def names(self) -> tuple[str, ...]:
        """All parts."""
        return (*self._life, *self._others)

    def stop(self) -> None:
        """Ask no more."""
        self._asking.shutdown(wait=False, cancel_futures=True)


def _told(asked: Future[str]) -> str:
    if not asked.done():
        return SILENT
    error = asked.exception()
    return type(error).__name__ if error is not None else asked.result()
