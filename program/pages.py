"""Turning the pages of a list that changes between one turn and the next.

A page is found by where it begins in the order, not by how many entries come before it: whatever leaves the list would
move all that follow one place forward, and one of them past whoever turns the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Key = tuple[int | str, ...]
"""Where an entry stands in an order: compared part by part, different for each entry, and the same at every turn."""


@dataclass(frozen=True, slots=True)
class Turned:
    """The places of a page's entries in the list as it is now; pages count from 0.

    It begins at `start`. Where it `stays`, these come beside what stands on it already.
    """

    places: Sequence[int]
    page: int
    pages: int
    start: Key
    stays: bool


@dataclass(frozen=True, slots=True)
class Before:
    """The page that is on the screen: its number, where it begins, and how many entries `stand` on it.

    `at` are the places that those of them have in the list which are in it still.
    """

    page: int
    start: Key = ()
    stand: int = 0
    at: Collection[int] = frozenset()


def turned(keys: Sequence[Key], size: int, before: Before, by: int) -> Turned:
    """The page that is so many turns from the one on the screen: 1, -1, or 0 for the same as it is now.

    `keys` are in order. Turning forward comes to every entry that is in the list all the time, whatever else comes
    and goes. Without a start that is one of this order, pages are counted.
    """
    if not keys:
        return Turned((), 0, 1, (), stays=True)
    known = _is_of(before.start, keys[0])
    begin = bisect_left(keys, before.start) if known else max(0, before.page + by) * size
    if known and by < 0:
        begin = max(0, begin - size)
    last = (len(keys) - 1) // size * size
    seen = before.at if by >= 0 else ()
    after = [place for place in range(begin if begin < len(keys) else last, len(keys)) if place not in seen]
    if by > 0 and not after:
        return turned(keys, size, before, 0)
    places = after[: size if by else max(0, size - before.stand)]
    start = (
        before.start if known and not by else keys[min([*after[:1], *([] if by else before.at)] or [last])]
    )
    number = -(-bisect_left(keys, start) // size)
    return Turned(places, number, number + 1 - (len(places) - len(after)) // size, start, stays=not by)


def _is_of(start: Key, one: Key) -> bool:
    return list(map(type, start)) == list(map(type, one))
