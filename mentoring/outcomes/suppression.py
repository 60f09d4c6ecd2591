"""Which figures of a report are left out, so that no small group can be worked out from what is there.

Two ways, by what a figure counts. The parts of a whole (`parts`) are exact, because each pair is in one cycle alone,
and nothing of one report can be taken from another. People stay from cycle to cycle, so whoever is counted as a person
is counted in fives (`in_fives`): two reports never differ by less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

FEWEST: Final = 5
"""A figure about fewer people is not shown (Viva Glint's default; see the decision on reports)."""

FEWEST_FOR_WORDS: Final = 10
"""What fewer people wrote is not shown; reports have no such text so far."""

MOST_TRIED: Final = 200
"""Above so many in all, a withheld whole has more ways to be than need be tried."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many are in one part of a whole, and how many different people that is."""

    count: int
    people: int


def in_fives(count: int, fewest: int = FEWEST) -> int | None:
    """The largest multiple of `fewest` that is not more, or None below the first."""
    return count // fewest * fewest or None


def alone(one: Part, fewest: int = FEWEST) -> int | None:
    """A figure that is part of nothing: None where it, or the people behind it, are fewer than `fewest`, but not 0."""
    return None if _is_small(one.count, fewest) or _is_small(one.people, fewest) else one.count


def parts(whole: Sequence[Part], fewest: int = FEWEST) -> tuple[int | None, ...]:
    """The parts of a whole whose sum is known, with None for those that are not shown.

    Small parts are hidden. So that they cannot be computed from the others, the smallest further part that leaves each
    of them at least two possible values is hidden with them; where none does, all are. Zeros are shown otherwise.
    """
    small = [place for place, one in enumerate(whole) if _is_small(one.count, fewest)]
    if any(_is_small(one.people, fewest) and one.count >= fewest for one in whole):
        return (None,) * len(whole)
    if not small:
        return tuple(one.count for one in whole)
    large = sorted((one.count, place) for place, one in enumerate(whole) if one.count >= fewest)
    for also in ([], *([place] for _, place in large)):
        hidden = [*small, *also]
        if _stays_open(
            [whole[place].count for place in small], sum(whole[place].count for place in also), fewest
        ):
            return tuple(None if place in hidden else one.count for place, one in enumerate(whole))
    return (None,) * len(whole)


def _is_small(count: int, fewest: int) -> bool:
    return 0 < count < fewest


def _stays_open(small: Sequence[int], also: int, fewest: int) -> bool:
    """Whether each small part could have two values, for somebody who knows the sum and which of them are small.

    `also` is one further part that is hidden and not small, or 0.
    """
    others = len(small) - 1
    known = sum(small) + also
    highest = min(fewest - 1, known - others - (fewest if also else 0))
    lowest = 1 if also else max(1, known - others * (fewest - 1))
    return lowest < highest


def meetings(
    held: Part, by_pair: Sequence[Part], shown: Sequence[int | None], most: int, fewest: int = FEWEST
) -> int | None:
    """How many meetings there were, None where that is small or would give away a hidden part.

    `by_pair` are the pairs without a meeting, with one or two, and with three or more, `shown` what is shown of
    them, and `most` how many meetings a pair can have had.
    """
    count = alone(held, fewest)
    withheld = set(shown) == {None}
    if count is None or None not in shown or (withheld and sum(one.count for one in by_pair) > MOST_TRIED):
        return count
    counts = [one.count for one in by_pair]
    ways = [way for way in _ways(counts, shown, fewest) if _fits(way, count, most)]
    small = [place for place, one in enumerate(shown) if one is None and counts[place] < fewest]
    return count if all(len({way[place] for way in ways}) > 1 for place in small) else None


def _fits(way: Sequence[int], held: int, most: int) -> bool:
    """Whether so many meetings can be those of so many pairs with none, with one or two, and with three or more."""
    _, few, many = way
    return few + 3 * many <= held <= 2 * few + most * many


def _ways(counts: Sequence[int], shown: Sequence[int | None], fewest: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the hidden parts could be, for somebody who knows the sum and what is shown."""
    whole = sum(counts)
    if set(shown) == {None}:
        yield from (
            (none, few, whole - none - few) for none in range(whole + 1) for few in range(whole - none + 1)
        )
        return
    choices = [
        (one,) if one is not None else range(1, fewest) if count < fewest else (-1,)
        for one, count in zip(shown, counts, strict=True)
    ]
    for way in product(*choices):
        rest = whole - sum(one for one in way if one >= 0)
        if rest >= fewest if -1 in way else rest == 0:
            yield tuple(rest if one < 0 else one for one in way)
