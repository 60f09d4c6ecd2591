"""How a meeting was, in one tap: for the program's figures, and never with a name."""

from __future__ import annotations

from collections.abc import Iterable
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


FEWEST = 5
"""A figure is about so many people at least, or is not shown; the product's rule."""


def tally(said: Iterable[tuple[str, Reflection]]) -> dict[Reflection, int | None]:
    """How often each was said, by (person, what they said); None for what is hidden, and nothing if all of it is.

    Hidden is what fewer than `FEWEST` people said. One such number alone could be reckoned from the sum, so then the
    smallest of the others is hidden with it.
    """
    told = list(said)
    if len({person for person, _ in told}) < FEWEST:
        return {}
    people = {one: len({person for person, what in told if what is one}) for one in Reflection}
    hidden = [one for one, number in people.items() if 0 < number < FEWEST]
    shown = sorted((one for one in Reflection if people[one] >= FEWEST), key=lambda one: people[one])
    if len(hidden) == 1:
        hidden += shown[:1]
    counts = {one: sum(what is one for _, what in told) for one in Reflection}
    return {one: None if one in hidden else counts[one] for one in Reflection}
