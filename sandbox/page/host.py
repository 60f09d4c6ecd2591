"""Host: what the program around the sandbox may offer to the page - a time to move, a tour, a show to watch."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TimeControl:
    """The hands on the clock; all moments are aware datetimes.

    ``leap_to`` lives through everything until that moment and returns when it has happened; it may take
    seconds and is called from a thread of its own, never twice at once. ``next_event`` gives the next moment
    at which the app has something to do, which may have passed already, or None when nothing is planned.
    """

    now: Callable[[], datetime]
    leap_to: Callable[[datetime], None]
    next_event: Callable[[], datetime | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of what plays by itself, in words for whoever watches, counted from 1 to ``of``.

    ``who`` and ``where``, named as in ``Step``, are where it is best seen.
    """

    number: int
    of: int
    title: str
    text: str
    who: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """Something that plays by itself while people watch, and the hands on it; all are called from any thread.

    ``now`` gives the scene that plays, or None before the beginning and after the end. ``skip`` makes short work
    of this scene, ``skip_all`` of the rest, and ``take_over`` ends the show where it is. While a scene plays,
    nobody at the page can move the time.
    """

    now: Callable[[], Scene | None]
    skip: Callable[[], None]
    skip_all: Callable[[], None]
    take_over: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try. Everything but the words is optional.

    ``who`` is the full name of the person to act as; ``where`` is ``#channel``, ``home`` or ``messages`` (the
    app's tabs), or ``group`` for the newest group DM; ``types`` is put into the message box, not sent.
    ``leap`` offers to move the time: ``next``, ``day`` or ``week``. ``done`` is a regular expression; the step
    is ticked off once a line of the timeline matches it (``str(Happening)``) after the page was opened.
    """

    title: str
    text: str
    who: str | None = None
    where: str | None = None
    types: str | None = None
    leap: str | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """A guided tour: a title and the steps in order. Nobody has to follow it."""

    title: str
    steps: tuple[Step, ...]

    def ticked_by(self, line: str) -> list[int]:
        """Return the numbers of the steps that such a line of the timeline ticks off."""
        return [n for n, step in enumerate(self.steps) if step.done and re.search(step.done, line)]
