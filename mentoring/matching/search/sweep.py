"""Every legal pair at once: about the best few of each person, and all that beat given prices.

Mentors are ranked by what they are worth but for skills, for all mentees at once who are alike in that. Each list of
the catalog, in that order, begins with those who can matter to a mentee; the others are never looked at.
Loads numpy: import it late.

In the literature: pricing, top-k retrieval with early termination.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from mentoring.matching.arrays import Ints, concatenated, distinct, ranks
from mentoring.matching.pairs.layout import NEVER, Layout
from mentoring.matching.search.catalog import Asks, MenteeCatalog, MentorCatalog
from mentoring.matching.search.ranking import Ranked, View

_CHUNK = 1 << 21
"""About how many pairs are looked at at once."""

_NOISE = 16
"""By less than so many points a pair is taken for better than another by chance."""

_SEED = 20_261_124


class Sweep:
    """All pairs of a layout, but for rules about two people alone."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._mentors = View(layout, "mentee", MentorCatalog(layout))

    def beating(
        self, mentor: Ints, mentee: Ints, most: int, places: Ints | None = None, point: int = 1
    ) -> tuple[Ints, Ints, Ints]:
        """Return the pairs that score more than the prices of both, of all mentees or those at some places.

        The pairs are places of mentors and of mentees, in the order of mentees. A mentee gets at most the `most`
        best of each list; last come the places of the mentees who may have more. Of the units of the prices, `point`
        make a point of score: were they rounded to points, all pairs that are as good as their prices would come too.
        """
        found: list[Ints] = []
        cut: list[Ints] = []
        asking = None if places is None else np.isin(np.arange(len(mentee)), places)
        for ranked, asks in self._mentors.ranked(mentor, asking, point):
            before = ranked.reaching(mentee[asks.person] + 1 - asks.most * point)
            listed = ranked.listed(asks, before)
            many = listed.many(before)
            cut.append(asks.person[many > most])
            for row, nth in _firsts(np.minimum(many, most)):
                one, other = listed.pairs(row, nth)
                better = self.layout.scores(one, other) * point > mentor[one] + mentee[other]
                found.append(other[better] * len(mentor) + one[better])
        mentees, mentors = np.divmod(distinct(concatenated(found)), max(1, len(mentor)))
        return mentors, mentees, distinct(concatenated(cut))

    def best(self, few: int, fewer: int) -> tuple[Ints, Ints]:
        """Return about the best `few` mentors of each mentee and `fewer` mentees of each mentor, as places of both.

        Of those who are equally good, chance picks some, so that not all get the same ones.
        """
        draw = np.random.default_rng(_SEED)
        mentors, mentees = len(self.layout.mentors.of), len(self.layout.mentees.of)
        mentor, mentee = _sampled(self._mentors.ranked(_free(mentors)), mentors, few, draw)
        theirs = self._first(mentor, mentee, mentee, few, draw)
        view = View(self.layout, "mentor", MenteeCatalog(self.layout))
        mentee, mentor = _sampled(view.ranked(_free(mentees)), mentees, fewer, draw)
        others = self._first(mentor, mentee, mentor, fewer, draw)
        one, other = map(np.concatenate, zip(theirs, others, strict=True))
        return one, other

    def _first(
        self, mentor: Ints, mentee: Ints, person: Ints, few: int, draw: np.random.Generator
    ) -> tuple[Ints, Ints]:
        """Return the best few pairs of each person, who is one of the two."""
        score = self.layout.scores(mentor, mentee)
        noisy = score + draw.integers(0, _NOISE, len(score))
        order = np.lexsort((-noisy, person))
        kept = order[(ranks(person[order]) < few) & (score[order] >= 0)]
        return mentor[kept], mentee[kept]


def _free(people: int) -> Ints:
    """Return prices for nothing."""
    return np.zeros(people, np.int64)


def _firsts(many: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Count to `many` in each row, not too much at once: yield rows, and counts from 0."""
    rows = np.flatnonzero(many)
    chunk = np.cumsum(many[rows]) // _CHUNK
    for some in np.split(rows, np.flatnonzero(np.diff(chunk)) + 1):
        row = np.repeat(some, many[some])
        yield row, ranks(row)


def _sampled(
    groups: Iterable[tuple[Ranked, Asks]], seen: int, few: int, draw: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return those who are about the best for whoever asks, and these; each pair once, by places."""
    found = [other * seen + one for one, other in (_sample(*group, few, draw) for group in groups)]
    asking, best = np.divmod(distinct(concatenated(found)), max(1, seen))
    return best, asking


def _sample(ranked: Ranked, asks: Asks, few: int, draw: np.random.Generator) -> tuple[Ints, Ints]:
    """Return up to twice as many as `few` of each list, by chance those who are as good as the last of the few.

    The few best of a person are at least as good as those of one list, so of the others only these are taken.
    """
    every = np.full(len(asks), len(ranked))
    listed = ranked.listed(asks, every)
    enough = np.flatnonzero(listed.many(every) >= few)
    last = ranked.worth(listed.rank(enough, np.full(len(enough), few - 1)))
    bar = np.full(asks.person.max(initial=-1) + 1, 3 * NEVER)
    np.maximum.at(bar, asks.person[enough], last + asks.sure[enough])
    least = bar[asks.person] - asks.sure
    good, better = listed.many(ranked.reaching(least)), listed.many(ranked.reaching(least + 1))
    row = np.repeat(np.arange(len(asks)), np.minimum(good, 2 * few))
    nth, better, good = ranks(row), np.minimum(better, few)[row], good[row]
    chance = better + draw.integers(0, np.maximum(1, good - better))
    return listed.pairs(row, np.where(nth < better, nth, chance))
