"""Which pairs' cards stand in one message: their numbers, as the subject of that message.

The text is stored, so it stays what it is. A message with one card has the pair's number alone.
"""

from __future__ import annotations

from collections.abc import Sequence

CARDS_A_MESSAGE = 5
"""So many cards stand in one message: numbers of ten digits, and the points between them, fit into a subject of 64."""


def of_pairs(numbers: Sequence[int]) -> str:
    """The subject of a message with the cards of these pairs, of which there are at most `CARDS_A_MESSAGE`."""
    return ".".join(map(str, numbers))


def pairs_in(text: str) -> tuple[int, ...]:
    """The numbers of the pairs in such a subject; empty for what is none."""
    parts = text.split(".")
    return tuple(map(int, parts)) if all(map(str.isdigit, parts)) else ()
