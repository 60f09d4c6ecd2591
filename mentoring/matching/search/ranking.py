"""Lists of a catalog in the order of what people are worth to those who look into them.

Loads numpy: import it late.

In the literature: impact-ordered posting lists, upper bounds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import Side
from mentoring.matching.pairs.layout import NEVER, Layout
from mentoring.matching.pairs.traits import Traits
from mentoring.matching.search.catalog import Asks, MenteeCatalog, MentorCatalog

_GROUPS = 64
"""Into how many groups the people of a side are put at the most, by what they ask of the other but for skills."""


class View:
    """One side as the other sees it: its people in the lists of a catalog, ranked for groups of those who ask."""

    def __init__(self, layout: Layout, asking: Side, catalog: MentorCatalog | MenteeCatalog) -> None:
        self._catalog = catalog
        own, others = layout.sides(asking)
        kin = _kin(own.kinds)
        self._classes = others.of
        self._worth = np.full((int(kin.max(initial=-1)) + 1, len(others.kinds.level)), NEVER, np.int16)
        for own_class, group in enumerate(kin.tolist()):
            np.maximum(self._worth[group], layout.points(asking, own_class), out=self._worth[group])
        self._asks = [catalog.asks(np.flatnonzero(kin[own.of] == group)) for group in range(len(self._worth))]

    def ranked(
        self, price: Ints, asking: Bools | None = None, point: int = 1
    ) -> Iterator[tuple[Ranked, Asks]]:
        """Yield those who are seen, at their prices, and what everybody or some ask, group by group.

        A point of score is worth `point` in the units of the prices.
        """
        for worth, asks in zip(self._worth, self._asks, strict=True):
            some = asks if asking is None else asks.of(asking)
            if len(some):
                yield Ranked(self._catalog, worth[self._classes], price, point), some


class Ranked:
    """People in the order of what they are worth at their prices, without those whom no rule allows."""

    def __init__(
        self, catalog: MentorCatalog | MenteeCatalog, worth: NDArray[np.int16], price: Ints, point: int = 1
    ) -> None:
        left = worth.astype(np.int64) * point - price
        order = np.argsort(-left, kind="stable")
        self._catalog = catalog
        self._order = order[worth[order] > NEVER]
        self._loss = -left[self._order]
        self._rank = np.full(len(worth), len(worth))
        self._rank[self._order] = np.arange(len(self._order))

    def __len__(self) -> int:
        return len(self._order)

    def worth(self, rank: Ints) -> Ints:
        """Return what the people of some ranks are worth, less their prices."""
        return -self._loss[rank]

    def reaching(self, least: Ints) -> Ints:
        """Return how many people are worth at least that much."""
        return np.searchsorted(self._loss, -least, "right")

    def listed(self, asks: Asks, before: Ints) -> Listed:
        """Return those in the lists asked for who come before a rank, which is given for each row of asks."""
        furthest = np.zeros(len(self._catalog), np.int64)
        np.maximum.at(furthest, asks.list, before)
        rank = self._rank[self._catalog.place]
        near = rank < furthest[self._catalog.list]
        return Listed(self._order, self._catalog.list[near], rank[near], asks)


class Listed:
    """The lists asked for, in the order of ranks."""

    def __init__(self, order: Ints, lists: Ints, rank: Ints, asks: Asks) -> None:
        self._order = order
        self._bits = len(order).bit_length()
        self._rows = np.sort((lists << self._bits) | rank)
        self._asks = asks
        self._start = asks.list << self._bits
        self._first = np.searchsorted(self._rows, self._start)

    def many(self, before: Ints) -> Ints:
        """Return how many of the list come before a rank, for each row of asks."""
        return np.searchsorted(self._rows, self._start | before) - self._first

    def rank(self, row: Ints, nth: Ints) -> Ints:
        """Return who comes at a place, counted from 0, in the list of each of some rows of asks: their ranks."""
        found: Ints = self._rows[self._first[row] + nth] & ((1 << self._bits) - 1)
        return found

    def pairs(self, row: Ints, nth: Ints) -> tuple[Ints, Ints]:
        """Return the same people by their places, and the places of those who ask."""
        return self._order[self.rank(row, nth)], self._asks.person[row]


def _kin(kinds: Traits) -> Ints:
    """Return the group of each class of people; departments do not matter, and neither do small differences."""
    keys = np.array(
        [
            kinds.length,
            kinds.starts,
            kinds.level,
            kinds.lowest,
            kinds.highest,
            *kinds.languages.T.astype(np.int64),
        ]
    )
    order = np.lexsort(keys)
    number = np.zeros(len(order), np.int64)
    number[order[1:]] = np.cumsum(np.any(np.diff(keys[:, order], axis=1) != 0, axis=0))
    groups = int(number.max(initial=-1)) + 1
    return number * _GROUPS // groups if groups > _GROUPS else number
