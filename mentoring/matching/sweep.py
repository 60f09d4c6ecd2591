"""Every pair of a layout at once: the best few for each mentee, and those that beat given prices.

Scores are added up row by row in 16 bits, a mentee against a block of mentors at a time, and are rounded up by
a point for each skill at the most. So what is found here holds all that is looked for and a little more; callers
look at it again exactly. Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Ints, ranks
from mentoring.matching.layout import NEVER, Layout
from mentoring.matching.score import BEST
from mentoring.matching.teaching import FULL_STRENGTH

Row = NDArray[np.int16]

_LANES = 64
_WIDTH = 16_384
"""About how many mentors make a block, so that its rows stay in the processor's cache."""

_ROWS = 2_048
_NOISE = 16
_STRIDE = 7_919
_SPREAD = 12_000
"""How far the prices of a group of mentees may be apart, in points; with scores and limits it fits 16 bits."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Mentees whose wishes add up to the same total, with the rows of the table that each needs.

    A row is a skill and how much it counts; `rows` has one line a mentee, filled up with -1.
    """

    places: Ints
    rows: Ints
    skill: Ints
    count: Ints
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """One mentee against the mentors from `first`: `skills` is what skills score, `worth` all together."""

    place: int
    first: int
    skills: Row
    worth: Row


class Sweep:
    """All pairs of some mentees, who are given with a group number each, from 0."""

    def __init__(self, layout: Layout, places: Ints, group: Ints) -> None:
        order = np.lexsort((places, group, layout.mentees[places], layout.wishes.total[places]))
        self.layout = layout
        mentors = len(layout.mentors)
        blocks = max(1, round(mentors / _WIDTH))
        self._width = max(_LANES, -(-mentors // (blocks * _LANES)) * _LANES)
        self.size = blocks * self._width
        self._group = np.zeros(len(layout.mentees), np.int64)
        self._group[places] = group
        self._chunks = list(_chunks(layout, places[order]))
        place, skill, _ = layout.offers
        self._offers = np.lexsort((place, skill, place // self._width))
        block = place[self._offers] // self._width
        self._codes = block * (layout.skills + 1) + skill[self._offers]

    def lines(self, less: Sequence[Row]) -> Iterator[Line]:
        """Yield a line for each mentee and block of mentors that can matter; its arrays are used again.

        `less` has, for each group, what is taken off each mentor's worth.
        """
        rows = [_padded(row, 0, self.size) for row in less]
        for first in range(0, len(self.layout.mentors), self._width):
            for chunk in self._chunks:
                yield from self._block(chunk, first, [row[first : first + self._width] for row in rows])

    def _block(self, chunk: Chunk, first: int, less: list[Row]) -> Iterator[Line]:
        table = self._table(chunk, first)
        classes, groups = self.layout.mentees[chunk.places], self._group[chunk.places]
        for start, end in _runs(classes):
            points = self._points(int(classes[start]), first)
            allowed = (points > NEVER).nonzero()[0]
            if len(allowed):
                low, high = int(allowed[0]) // _LANES * _LANES, -(-(int(allowed[-1]) + 1) // _LANES) * _LANES
                for one, other in _runs(groups[start:end]):
                    here = slice(start + one, start + other)
                    base = points[low:high] - less[groups[start + one]][low:high]
                    yield from _lines(chunk, here, base, table, first, low)

    def _points(self, mentee_class: int, first: int) -> Row:
        points = self.layout.points(mentee_class)[self.layout.mentors[first : first + self._width]]
        return _padded(points, NEVER, self._width)

    def _table(self, chunk: Chunk, first: int) -> list[Row | None]:
        """Return the points of each row of a chunk with each mentor of a block; None if nobody offers it."""
        place, _, strength = self.layout.offers
        codes = first // self._width * (self.layout.skills + 1) + chunk.skill
        starts, ends = np.searchsorted(self._codes, codes), np.searchsorted(self._codes, codes, "right")
        table: list[Row | None] = [None] * (len(codes) + 1)
        points = _points(self.layout.most, chunk)
        for index in np.flatnonzero(ends > starts).tolist():
            offers = self._offers[starts[index] : ends[index]]
            row = np.zeros(self._width, np.int16)
            row[place[offers] - first] = points[index][strength[offers]]
            table[index] = row
        return table


def _lines(
    chunk: Chunk, here: slice, base: Row, table: list[Row | None], first: int, low: int
) -> Iterator[Line]:
    """Yield the lines of some mentees who are alike in all but skills."""
    high = low + len(base)
    skills, worth = np.empty((2, len(base)), np.int16)
    for place, needed in zip(chunk.places[here].tolist(), chunk.rows[here].tolist(), strict=True):
        found = [row[low:high] for index in needed if (row := table[index]) is not None]
        if not found:
            continue
        covered = found[0] if len(found) == 1 else np.add(found[0], found[1], out=skills)
        for row in found[2:]:
            np.add(covered, row, out=covered)
        yield Line(place, first + low, covered, np.add(covered, base, out=worth))


def _runs(keys: Ints) -> Iterator[tuple[int, int]]:
    """Yield where equal keys in a row start and end."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1)).tolist()
    yield from zip(starts, [*starts[1:], len(keys)], strict=True)


def _points(most: int, chunk: Chunk) -> NDArray[np.int16]:
    """Return what each row scores at each strength, rounded up; an offered skill is never nothing."""
    strengths = np.arange(FULL_STRENGTH + 1)
    points = -(-most * chunk.count[:, None] * strengths // (FULL_STRENGTH * chunk.total))
    return np.where(strengths > 0, np.maximum(1, points), 0).astype(np.int16)


def _chunks(layout: Layout, places: Ints) -> Iterator[Chunk]:
    """Cut mentees, in the order of totals, so that no chunk needs too many rows."""
    totals = layout.wishes.total[places]
    step = max(1, _ROWS // max(1, layout.wishes.skill.shape[1]))
    start = 0
    while start < len(places):
        end = int(np.searchsorted(totals, totals[start], "right"))
        size = end - start
        chunk = _chunk(layout, places[start:end])
        while len(chunk.skill) > _ROWS and size > step:
            size = max(step, size // 2)
            chunk = _chunk(layout, places[start : start + size])
        yield chunk
        start += size


def _chunk(layout: Layout, places: Ints) -> Chunk:
    skill, count = layout.wishes.skill[places], layout.wishes.count[places]
    codes = count * (layout.skills + 1) + skill
    needed, rows = np.unique(codes[count > 0], return_inverse=True)
    filled = np.full(codes.shape, -1)
    filled[count > 0] = rows
    count, skill = np.divmod(needed, layout.skills + 1)
    return Chunk(places, filled, skill, count, int(layout.wishes.total[places[0]]))


def best(layout: Layout, few: int, groups: int, places: Ints) -> tuple[Ints, Ints, Row]:
    """Return about the best `few` mentors of the mentees at some places, as places of mentors and mentees.

    Ties are broken by noise that differs from mentee to mentee, so that not all of them get the same mentors. The
    last array has the most that each mentor is worth, noise included, to any mentee of each group of mentees.
    """
    noise = _noise()
    bar = np.ones(len(layout.mentees), np.int64)
    sweep = Sweep(layout, places, np.zeros_like(places))
    tops = np.zeros((groups, sweep.size), np.int16)
    found: list[tuple[int, Ints, Row]] = []
    for line in sweep.lines([np.zeros(0, np.int16)]):
        worth = _noisy(line, noise)
        columns, bar[line.place] = _top(worth, line.skills, few, int(bar[line.place]))
        if len(columns):
            found.append((line.place, columns + line.first, worth[columns]))
        top = tops[line.place % groups, line.first : line.first + len(worth)]
        np.maximum(top, worth, out=top)
    return *_joined(found, few), tops[:, : len(layout.mentors)]


def _noise() -> Row:
    return np.random.default_rng(0).integers(0, _NOISE, 3 * _WIDTH, np.int16)


def _noisy(line: Line, noise: Row) -> Row:
    """Add noise to what a line is worth, always the same to the same pair."""
    start = line.place * _STRIDE % _WIDTH
    return np.add(line.worth, noise[start : start + len(line.worth)], out=line.worth)


def sought(layout: Layout, least: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Return pairs of mentees at some places that are worth at least that much to their mentor, noise included."""
    sweep = Sweep(layout, places, np.zeros_like(places))
    noise, bar = _noise(), _padded(least.astype(np.int16), BEST + _NOISE + 1, sweep.size)
    found: list[tuple[int, Ints, Row]] = []
    for line in sweep.lines([np.zeros(0, np.int16)]):
        enough = _noisy(line, noise) >= bar[line.first : line.first + len(line.worth)]
        columns = (enough & (line.skills > 0)).nonzero()[0]
        if len(columns):
            found.append((line.place, columns + line.first, line.worth[columns]))
    return _joined(found, len(least))


def beating(layout: Layout, mentor: Ints, mentee: Ints, most: int, places: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of mentees at some places that may score more than the prices of both together.

    At most the `most` best of each mentee with each block of mentors are returned; last come the places of the
    mentees who have more. Prices are whole points.
    """
    group, over, less = _groups(mentor, mentee)
    found: list[tuple[int, Ints, Row]] = []
    cut: set[int] = set()
    for line in Sweep(layout, places, group[places]).lines(less):
        if line.worth.max() > (bar := over[line.place]):
            columns = ((line.worth > bar) & (line.skills > 0)).nonzero()[0]
            worth = line.worth[columns]
            if len(columns) > most:
                cut.add(line.place)
                top = np.argpartition(worth, -most)[-most:]
                columns, worth = columns[top], worth[top]
            found.append((line.place, columns + line.first, worth))
    return *_joined(found, len(mentor)), np.array(sorted(cut), np.int64)


def _groups(mentor: Ints, mentee: Ints) -> tuple[Ints, list[int], list[Row]]:
    """Split the prices of pairs so that they fit 16 bits: groups of mentees with prices close to each other.

    Return each mentee's group, what each is over the lowest of their group, and the price of each mentor plus
    that lowest one, group by group. A price at a limit is as good as any price beyond it.
    """
    group, over = np.zeros(len(mentee), np.int64), np.zeros(len(mentee), np.int64)
    less: list[Row] = []
    order = np.argsort(mentee, kind="stable")
    prices = mentee[order]
    start = 0
    while start < len(prices):
        end = int(np.searchsorted(prices, prices[start] + _SPREAD, "right"))
        group[order[start:end]] = len(less)
        over[order[start:end]] = prices[start:end] - prices[start]
        less.append(np.clip(mentor + prices[start], -_SPREAD - 1, BEST + 1).astype(np.int16))
        start = end
    return group, over.tolist(), less


def _top(worth: Row, skills: Row, few: int, bar: int) -> tuple[Ints, int]:
    """Return where the best few with a skill in common are, and what the worst of them is worth."""
    columns, at_least = _at_least(worth, few, bar)
    covered = columns[skills[columns] > 0]
    if len(covered) < min(few, len(columns)):
        worth[skills == 0] = NEVER
        return _at_least(worth, few, bar)
    return covered, at_least


def _at_least(worth: Row, few: int, bar: int) -> tuple[Ints, int]:
    """Return where at least the bar is reached, which is raised to the few highest tops of as many lanes."""
    tops = np.maximum.reduce(worth.reshape(_LANES, -1))
    if len(tops) > few:
        tops.partition(len(tops) - few)
        bar = max(bar, int(tops[-few]))
    return (worth >= bar).nonzero()[0], bar


def _joined(found: list[tuple[int, Ints, Row]], few: int) -> tuple[Ints, Ints]:
    """Return the best few of all blocks for each mentee."""
    nothing = np.zeros(0, np.int64)
    mentee = np.repeat([place for place, _, _ in found], [len(columns) for _, columns, _ in found])
    mentor = np.concatenate([nothing, *(columns for _, columns, _ in found)])
    worth = np.concatenate([nothing, *(worth for _, _, worth in found)])
    order = np.lexsort((-worth, mentee))
    mentee = mentee[order].astype(np.int64)
    first = ranks(mentee) < few
    return mentor[order][first], mentee[first]


def _padded(row: Row, value: int, size: int) -> Row:
    """Fill a row of mentors up to a size."""
    return np.concatenate([row, np.full(size - len(row), value, np.int16)])
