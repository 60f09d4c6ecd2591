"""How many slips of the fingers lie between two words."""

from __future__ import annotations


def between(one: str, other: str) -> int:
    """Letters that are wrong, missing, too many, or swapped with their neighbor (optimal string alignment)."""
    from rapidfuzz.distance import OSA  # loaded where words are compared: most starts have none to compare

    return OSA.distance(one, other)
