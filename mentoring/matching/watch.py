"""The steps of a matching, and how whoever waits for one hears which of them begins."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias


class Step(StrEnum):
    """What a matching does, in the order in which each step first begins.

    A large problem goes back from `PROVE` to `CHOOSE` for as long as the proof finds better pairs.
    """

    PREPARE = "prepare"
    """Rules and people are made ready to be compared."""

    LIST = "list"
    """Candidates are listed: pairs that may be, with their scores."""

    CHOOSE = "choose"
    """The best set of pairs among the candidates is looked for."""

    PROVE = "prove"
    """Prices are worked out and compared with every pair that may be."""

    EXPLAIN = "explain"
    """The pairs are checked once more, and reasons are found for them and for whoever is left out."""


Watch: TypeAlias = Callable[[Step], None]
"""Told each step as it begins. A step ends when the next one begins, the last one when the result is there."""


def unwatched(step: Step) -> None:
    """Look away: the watch of those who only want the result."""
