"""Moves from one state to the next: those in a table of moves are legal, and there are no others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class IllegalMove(Exception):
    """Something was to come into a state that cannot follow the one it is in: a mistake of ours, never of a user's."""


def check_move(moves: Mapping[State, frozenset[State]], before: State, after: State) -> None:
    """Raise `IllegalMove` unless the table allows this move."""
    if after not in moves[before]:
        raise IllegalMove(f"{type(before).__name__}: {before} cannot become {after}")
