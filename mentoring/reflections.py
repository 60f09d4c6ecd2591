"""How a meeting was, in one tap: for the program's figures, and never with a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reflection(StrEnum):
    """What somebody can tap after they met. There are no words of one's own: nothing written can be passed on."""

    LEARNED = "learned"
    WENT_WELL = "went-well"
    SLOW = "slow"
    NOT_FOR_ME = "not-for-me"

    @property
    def words(self) -> str:
        """The button's text."""
        return _WORDS[self]


_WORDS = {
    Reflection.LEARNED: "I learned something",
    Reflection.WENT_WELL: "It went well",
    Reflection.SLOW: "A slow start",
    Reflection.NOT_FOR_ME: "Not what I hoped",
}


@dataclass(frozen=True, slots=True)
class Reflected:
    """What somebody tapped about the meeting of a check-in; the last tap counts."""

    checkin_id: int
    choice: Reflection
    at: datetime
