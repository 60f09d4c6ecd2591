"""Where matching again can start from: what the last matching of each program came to, until the process ends."""

from __future__ import annotations

import threading
from collections import defaultdict

from mentoring.cycles import Cycle
from mentoring.matching import Trail


class Trails:
    """The last trail of each program; only matching the same cycle again asks for nearly the same."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[int, Trail | None]] = {}
        self._turns: dict[int, threading.Lock] = defaultdict(threading.Lock)
        self.listed: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {}
        """For each lead, the pair of which they saw the swaps last, and these: a number means what they saw."""

    def of(self, cycle: Cycle) -> Trail | None:
        """What the last matching of this cycle left, if it was a large one."""
        cycle_id, trail = self._last.get(cycle.program_id, (None, None))
        return trail if cycle_id == cycle.id else None

    def keep(self, cycle: Cycle, trail: Trail | None) -> None:
        """Keep what a matching of this cycle left, in place of what is there."""
        self._last[cycle.program_id] = cycle.id, trail

    def turn(self, cycle_id: int) -> threading.Lock:
        """Whoever matches a cycle around a decision takes this first: one run may serve all who wait for it."""
        return self._turns[cycle_id]
