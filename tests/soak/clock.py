"""One clock for several processes, which runs as fast as it is told and can leap; it lives in a file they all map."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_FIELDS: Final = struct.Struct("5d")
_START, _BEGAN, _SPEED, _LEAPT, _OFF = range(5)


class SharedClock:
    """Business time: `speed` seconds pass in each real one.

    `now` is the wall clock and `monotonic` the one that cannot be set: a leap moves both, as sleep does, and a step of
    the wall clock moves only the first.
    """

    def __init__(self, path: Path) -> None:
        """Read the clock that `wound` put into that file."""
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _FIELDS.size)

    @classmethod
    def wound(cls, path: Path, start: datetime, speed: float) -> SharedClock:
        """Make a clock that shows `start` now."""
        path.write_bytes(_FIELDS.pack(start.timestamp(), time.monotonic(), speed, 0.0, 0.0))
        return cls(path)

    def monotonic(self) -> float:
        """Seconds since the clock was wound, leaps included."""
        _, began, speed, leapt, _ = self._fields()
        return leapt + (time.monotonic() - began) * speed

    def now(self) -> datetime:
        """The wall clock, an aware datetime."""
        fields = self._fields()
        return datetime.fromtimestamp(fields[_START] + fields[_OFF] + self.monotonic(), UTC)

    __call__ = now

    def right(self) -> datetime:
        """What a wall clock shows that nobody sets, such as Slack's."""
        return datetime.fromtimestamp(self._fields()[_START] + self.monotonic(), UTC)

    @property
    def speed(self) -> float:
        """Seconds that pass in each real one."""
        return self._fields()[_SPEED]

    def leaps(self, **span: float) -> None:
        """Let time pass at once, for both clocks."""
        self._add(_LEAPT, timedelta(**span))

    def leaps_to(self, moment: datetime) -> None:
        """Make it that moment now; a moment that has passed changes nothing."""
        self._add(_LEAPT, max(timedelta(), moment - self.now()))

    def is_set(self, **step: float) -> None:
        """Set the wall clock alone forward, or back."""
        self._add(_OFF, timedelta(**step))

    def _fields(self) -> tuple[float, ...]:
        return _FIELDS.unpack(self._memory[:])

    def _add(self, field: int, span: timedelta) -> None:
        at = field * 8
        (before,) = struct.unpack("d", self._memory[at : at + 8])
        self._memory[at : at + 8] = struct.pack("d", before + span.total_seconds())
