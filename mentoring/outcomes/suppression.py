"""Which figures of a report are left out, so that no small group can be worked out from what is there.

Two ways, by what a figure counts. The parts of a whole (`parts`) are exact, because each pair is in one cycle alone,
and nothing of one report can be taken from another. People stay from cycle to cycle, so whoever is counted as a person
is counted in fives (`in_fives`): two reports never differ by less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def contact(
    held: Part, by_pair: Sequence[Part], most: int, answered: int = 0, fewest: int = FEWEST
) -> tuple[tuple[int | None, ...], int | None]:
    """The pairs without a meeting, with one or two, and with three or more, and how many meetings these are in all.

    Both tell of each other, and so does how many people `answered` how a meeting was. The number of meetings is None
    where it is small or would give away a hidden part. A pair can have had `most` of them.
    """
    met = -(-answered // 2) if answered >= fewest else 0
    shown, count = _met(by_pair, met, fewest), alone(held, fewest)
    whole = sum(one.count for one in by_pair)
    if count is None or None not in shown or (set(shown) == {None} and whole > MOST_TRIED):
        return shown, count
    looks = _looks([one.count for one in by_pair], shown, met, fewest)
    ways = [
        way
        for way in _ways(shown, whole, fewest)
        if _fits(way, count, most, met) and _looks(way, shown, met, fewest) == looks
    ]
    return shown, count if ways and not any(_is_told(ways, place, fewest) for place in range(3)) else None


def _looks(
    way: Sequence[int], shown: Sequence[int | None], met: int, fewest: int
) -> tuple[tuple[int | None, ...], tuple[bool, ...]]:
    """What would be shown if it were so, and which parts are small, as far as that can be guessed."""
    small = () if set(shown) == {None} else tuple(_is_small(one, fewest) for one in way)
    return _met([Part(one, one) for one in way], met, fewest), small


def _met(by_pair: Sequence[Part], met: int, fewest: int) -> tuple[int | None, ...]:
    """The same parts, all hidden where one is and more pairs are known to have `met` than those that are shown."""
    shown = parts(by_pair, fewest)
    _, few, many = shown
    hides = None in shown and (few or 0) + (many or 0) < met
    return (None,) * len(shown) if hides else shown


def _fits(way: Sequence[int], held: int, most: int, met: int) -> bool:
    """Whether so many meetings can be those of so many pairs, of which at least `met` had one."""
    _, few, many = way
    return few + many >= met and few + 3 * many <= held <= 2 * few + most * many


def _is_told(ways: Sequence[Sequence[int]], place: int, fewest: int) -> bool:
    """Whether a part is small and the same in each of these ways."""
    values = {way[place] for way in ways}
    return len(values) == 1 and all(_is_small(one, fewest) for one in values)


def _ways(shown: Sequence[int | None], whole: int, fewest: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the parts could be of which these are shown, with at least one hidden one that is small."""
    hidden = [place for place, one in enumerate(shown) if one is None]
    rest = whole - sum(one for one in shown if one is not None)
    for split in _splits(rest, len(hidden)):
        if any(_is_small(one, fewest) for one in split):
            values = dict(zip(hidden, split, strict=True))
            yield tuple(values[place] if one is None else one for place, one in enumerate(shown))


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to make a total of so many parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *others) for others in _splits(total - first, parts - 1))
