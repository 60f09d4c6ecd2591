"""Every pair of a grid at once: the best few for each mentee, and those that beat given prices.

Scores are added up row by row in 16 bits, a mentee against a block of mentors at a time, and are rounded up by
a point for each skill at the most. So what is found here holds all that is looked for and a little more; callers
look at it again exactly. Loads numpy: import it late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.candidates import Ints
from mentoring.matching.grid import NEVER, Grid, ranks
from mentoring.matching.score import BEST
from mentoring.matching.teaching import FULL_STRENGTH

Row = NDArray[np.int16]

_LANES = 64
_WIDTH = 16_384
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

    def __init__(self, grid: Grid, places: Ints, group: Ints) -> None:
        order = np.lexsort((places, group, grid.mentees.classes[places], grid.wishes.total[places]))
        self.grid = grid
        self._group = np.zeros(len(grid.mentees), np.int64)
        self._group[places] = group
        self._chunks = list(_chunks(grid, places[order]))
        place, skill, _ = grid.offers
        self._offers = np.lexsort((place, skill, place // _WIDTH))
        block = place[self._offers] // _WIDTH
        self._codes = block * (grid.skills + 1) + skill[self._offers]

    def lines(self, less: Sequence[Row]) -> Iterator[Line]:
        """Yield a line for each mentee and block of mentors that can matter; its arrays are used again.

        `less` has, for each group, what is taken off each mentor's worth, filled up to whole blocks.
        """
        for first in range(0, len(self.grid.mentors), _WIDTH):
            for chunk in self._chunks:
                yield from self._block(chunk, first, [row[first : first + _WIDTH] for row in less])

    def _block(self, chunk: Chunk, first: int, less: list[Row]) -> Iterator[Line]:
        table = self._table(chunk, first)
        classes, groups = self.grid.mentees.classes[chunk.places], self._group[chunk.places]
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
        points = self.grid.points(mentee_class)[self.grid.mentors.classes[first : first + _WIDTH]]
        return padded(points, NEVER)

    def _table(self, chunk: Chunk, first: int) -> list[Row | None]:
        """Return the points of each row of a chunk with each mentor of a block; None if nobody offers it."""
        place, _, strength = self.grid.offers
        codes = first // _WIDTH * (self.grid.skills + 1) + chunk.skill
        starts, ends = np.searchsorted(self._codes, codes), np.searchsorted(self._codes, codes, "right")
        table: list[Row | None] = [None] * (len(codes) + 1)
        points = _points(self.grid.most, chunk)
        for index in np.flatnonzero(ends > starts).tolist():
            offers = self._offers[starts[index] : ends[index]]
            row = np.zeros(_WIDTH, np.int16)
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


def _chunks(grid: Grid, places: Ints) -> Iterator[Chunk]:
    """Cut mentees, in the order of totals, so that no chunk needs too many rows."""
    totals = grid.wishes.total[places]
    step = max(1, _ROWS // max(1, grid.wishes.skill.shape[1]))
    start = 0
    while start < len(places):
        end = int(np.searchsorted(totals, totals[start], "right"))
        size = end - start
        chunk = _chunk(grid, places[start:end])
        while len(chunk.skill) > _ROWS and size > step:
            size = max(step, size // 2)
            chunk = _chunk(grid, places[start : start + size])
        yield chunk
        start += size


def _chunk(grid: Grid, places: Ints) -> Chunk:
    skill, count = grid.wishes.skill[places], grid.wishes.count[places]
    codes = count * (grid.skills + 1) + skill
    needed, rows = np.unique(codes[count > 0], return_inverse=True)
    filled = np.full(codes.shape, -1)
    filled[count > 0] = rows
    count, skill = np.divmod(needed, grid.skills + 1)
    return Chunk(places, filled, skill, count, int(grid.wishes.total[places[0]]))


def best(grid: Grid, few: int, fewer: int) -> tuple[Ints, Ints]:
    """Return about the best `few` mentors of each mentee and `fewer` mentees of each mentor, as places of both.

    Ties are broken by noise that differs from mentee to mentee, so that not all of them get the same mentors.
    """
    noise = np.random.default_rng(0).integers(0, _NOISE, 2 * _WIDTH, np.int16)
    bar = np.ones(len(grid.mentees), np.int64)
    tops = np.zeros((2 * fewer, len(nothing := padded(np.zeros(len(grid.mentors), np.int16), 0))), np.int16)
    found: list[tuple[int, Ints, Row]] = []
    for line in Sweep(grid, np.arange(len(bar)), np.zeros_like(bar)).lines([nothing]):
        worth = _noisy(line, noise)
        columns, bar[line.place] = _top(worth, line.skills, few, int(bar[line.place]))
        if len(columns):
            found.append((line.place, columns + line.first, worth[columns]))
        top = tops[line.place % len(tops), line.first : line.first + len(worth)]
        np.maximum(top, worth, out=top)
    tops.partition(len(tops) - fewer, axis=0)
    least = np.maximum(tops[-fewer, : len(grid.mentors)].astype(np.int64), 1)
    mentor, mentee = _joined(found, few)
    others, of, _ = beating(grid, least - 1, np.zeros_like(bar), _LANES, noise=noise)
    kept = _few_of_each(others, 2 * fewer)
    return np.concatenate([mentor, others[kept]]), np.concatenate([mentee, of[kept]])


def _few_of_each(places: Ints, few: int) -> Ints:
    """Return where each place comes for the first few times."""
    order = np.argsort(places, kind="stable")
    return order[ranks(places[order]) < few]


def _noisy(line: Line, noise: Row) -> Row:
    """Add noise to what a line is worth, always the same to the same pair."""
    start = line.place * _STRIDE % _WIDTH
    return np.add(line.worth, noise[start : start + len(line.worth)], out=line.worth)


def beating(
    grid: Grid, mentor: Ints, mentee: Ints, most: int, places: Ints | None = None, noise: Row | None = None
) -> tuple[Ints, Ints, Ints]:
    """Return the pairs that may score more than the prices of both together, of all mentees or those at `places`.

    At most the `most` best of each mentee with each block of mentors are returned; last come the places of the
    mentees who have more. Prices are whole points. Noise is added to what pairs are worth, if there is any.
    """
    places = np.arange(len(mentee)) if places is None else places
    group, over, less = _groups(mentor, mentee)
    found: list[tuple[int, Ints, Row]] = []
    cut: set[int] = set()
    for line in Sweep(grid, places, group[places]).lines(less):
        if noise is not None:
            _noisy(line, noise)
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
        less.append(padded(np.clip(mentor + prices[start], -_SPREAD - 1, BEST + 1).astype(np.int16), 0))
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


def padded(row: Row, value: int) -> Row:
    """Fill a row of mentors up to whole blocks."""
    return np.concatenate([row, np.full(-len(row) % _WIDTH, value, np.int16)])
