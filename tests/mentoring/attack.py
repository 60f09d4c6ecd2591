"""Somebody who has every published figure and wants one that is hidden: which ways are left in which it could be.

They know how figures are made safe: which parts are hidden because they are small, and which with them. Only of a whole
of which nothing is shown do they not know which part was the small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """The parts of a whole as they are published, with their sum, and the number of meetings where that is."""

    whole: int
    parts: tuple[int | None, ...]
    meetings: int | None = None
    most: int = 0


def pinned(seen: Seen, truth: Sequence[int]) -> list[int]:
    """The places of hidden small parts for which only one value is left."""
    if seen.whole < FEWEST:
        return []  # the sum itself is not published then, and with it nothing else
    ways = list(_ways(seen, truth))
    assert tuple(truth) in ways, "what is so has to be among what can be so"
    small = [place for place, part in enumerate(seen.parts) if part is None and truth[place] < FEWEST]
    return [place for place in small if len({way[place] for way in ways}) < 2]


def _ways(seen: Seen, truth: Sequence[int]) -> Iterator[tuple[int, ...]]:
    *first, last = (list(_values(seen, place, truth[place])) for place in range(len(seen.parts)))
    possible = set(last)
    for way in product(*first):
        rest = seen.whole - sum(way)
        if rest in possible and _fits(seen, (*way, rest)):
            yield (*way, rest)


def _values(seen: Seen, place: int, truth: int) -> Iterator[int]:
    part = seen.parts[place]
    if part is not None:
        yield part
    elif set(seen.parts) == {None}:
        yield from range(seen.whole + 1)
    elif truth < FEWEST:
        yield from range(1, FEWEST)
    else:
        yield from range(FEWEST, seen.whole + 1)


def _fits(seen: Seen, way: tuple[int, ...]) -> bool:
    if seen.meetings is None:
        return True
    _, few, many = way
    return few + 3 * many <= seen.meetings <= 2 * few + seen.most * many
