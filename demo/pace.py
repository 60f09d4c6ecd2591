"""Pace: how fast the story is told, and the hands of whoever watches it on the page."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from sandbox.page import Scene, Show

OPENING = 2.0
"""Seconds in which somebody reads what a scene is about."""


class TakenOver(Exception):
    """A visitor has taken over; what the story still had to tell is theirs to do."""


class Pace:
    """Rests between the steps of a story that somebody watches; without a watcher there is no rest at all."""

    def __init__(self, watched: bool, first: Scene | None = None) -> None:
        """Show the `first` scene to whoever is there before the story begins; nothing plays yet."""
        self._watched = watched
        self._scene = first
        self._hurry_until = 0
        self._taken = False
        self._changed = threading.Condition()

    @property
    def show(self) -> Show:
        """What the page shows of it, and its buttons."""
        return Show(self.now, self.skip, self.skip_all, self.take_over)

    def now(self) -> Scene | None:
        """The scene that plays."""
        return None if self._taken else self._scene

    def begin(self, scene: Scene) -> None:
        """Let a scene begin; raises `TakenOver`."""
        self._scene = scene if self._watched else None
        self.rest(OPENING)

    def looks(self, who: str, where: str) -> None:
        """Lead whoever follows the story to another place within the scene."""
        if self._scene:
            self._scene = replace(self._scene, who=who, where=where)

    def end(self) -> None:
        """Let nothing play any more."""
        self._scene = None

    def rest(self, seconds: float) -> None:
        """Give whoever watches time to look, unless they are in a hurry; raises `TakenOver`."""
        ends = time.monotonic() + seconds
        with self._changed:
            while not self._taken and not self._hurries() and (left := ends - time.monotonic()) > 0:
                self._changed.wait(left)
        if self._taken:
            raise TakenOver

    def _hurries(self) -> bool:
        return self._scene is None or self._scene.number <= self._hurry_until

    def skip(self) -> None:
        """Make short work of this scene."""
        self._hurry(self._scene.number if self._scene else 0)

    def skip_all(self) -> None:
        """Make short work of everything to come."""
        self._hurry(self._scene.of if self._scene else 0)

    def take_over(self) -> None:
        """Stop where the story is."""
        with self._changed:
            self._taken = True
            self._changed.notify_all()

    def _hurry(self, until: int) -> None:
        with self._changed:
            self._hurry_until = until
            self._changed.notify_all()
