"""Days on which somebody said that they are away: nothing is asked, and everything else goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """From a day to another, both included, by the person's own calendar."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether they are away on that day."""
        return self.first <= day <= self.last
