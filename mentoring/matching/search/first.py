"""The candidates that a large problem begins with. Loads numpy: import it late.

In the literature: initial columns of a restricted master problem, top-k retrieval.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Ints, concatenated, distinct
from mentoring.matching.model import Side
from mentoring.matching.pairs.grid import Grid, Lineup
from mentoring.matching.pairs.layout import NEVER
from mentoring.matching.search.resume import codes_along
from mentoring.matching.search.sweep import Sweep
from mentoring.matching.solution import Trail

FEW = 10
"""How many of the best mentors of each mentee are candidates to begin with, and about as many of each mentor."""

_RANDOM = 3
_SEED = 20_260_302

_LONELY = 2
"""With fewer legal candidates than this, somebody gets all they can have, unless there are too many such people."""

_MOST_LONELY = 2_000


def first_codes(grid: Grid, sweep: Sweep, since: Trail | None) -> Ints:
    """Return the codes of the first candidates; those that break a rule about two people are still among them.

    They are the pairs of a similar problem's `since`, or else the best of each person and some random ones,
    which also reach the unpopular. Whoever is left with hardly any gets all the best there are.
    """
    codes = distinct(
        codes_along(grid, since)[0]
        if since
        else np.concatenate([grid.codes(*sweep.best(FEW, FEW)), _random(grid)])
    )
    return np.concatenate([codes, _of_the_lonely(grid, codes)])


def _random(grid: Grid) -> Ints:
    """Return random pairs for everybody with a skill that makes them legal; some may break other rules."""
    wishes, (mentor, offered, strength) = grid.layout.wishes, grid.layout.offers
    mentee, column = np.nonzero(wishes.count)
    wanted = wishes.skill[mentee, column]
    enough = strength >= grid.mentors.table.enough
    mentor, offered = mentor[enough], offered[enough]
    draw = np.random.default_rng(_SEED)
    mentees, theirs = _drawn(draw, mentee, wanted, mentor, offered)
    mentors, others = _drawn(draw, mentor, offered, mentee, wanted)
    return np.concatenate([grid.codes(theirs, mentees), grid.codes(mentors, others)])


def _drawn(
    draw: np.random.Generator, own: Ints, skill: Ints, others: Ints, other_skill: Ints
) -> tuple[Ints, Ints]:
    """Draw others who have a skill in common, a few times for each of those on one side; both as places.

    `own` are places in order, each with one of its skills in `skill`; the other side is given alike.
    """
    order = np.argsort(other_skill, kind="stable")
    in_order = other_skill[order]
    starts, ends = np.searchsorted(in_order, skill), np.searchsorted(in_order, skill, "right")
    common = ends > starts
    own, starts, ends = own[common], starts[common], ends[common]
    first = np.flatnonzero(np.diff(own, prepend=-1))
    count = np.diff(first, append=len(own))
    rows = (first + draw.integers(0, np.maximum(1, count), (_RANDOM, len(first)))).ravel()
    partners = others[order[starts[rows] + draw.integers(0, ends[rows] - starts[rows])]]
    return own[rows], partners


def _of_the_lonely(grid: Grid, codes: Ints) -> Ints:
    """Return the codes of the best legal pairs of those who have hardly any.

    Left out of the first round, such a person would be served only by a second one in which everything changes.
    If they are very many, the rounds have to do for some of them.
    """
    legal = codes[grid.scores_of(codes) >= 0]
    mentee, mentor = np.divmod(legal, max(1, len(grid.mentors)))
    found: list[Ints] = []
    sides: list[tuple[Side, Ints, Lineup]] = [
        ("mentor", mentor, grid.mentors),
        ("mentee", mentee, grid.mentees),
    ]
    for side, places, people in sides:
        few = np.flatnonzero(np.bincount(places, minlength=len(people)) < _LONELY)
        found += [_all_of(grid, side, place) for place in _hopeful(grid, side, few[:_MOST_LONELY]).tolist()]
    return concatenated(found)


def _hopeful(grid: Grid, side: Side, places: Ints) -> Ints:
    """Return those places whose people are allowed with any class of the other side, which is asked class by class."""
    own = grid.layout.sides(side)[0].of[places]
    classes = [one for one in np.unique(own).tolist() if np.any(grid.layout.points(side, one) > NEVER)]
    return places[np.isin(own, classes)]


def _all_of(grid: Grid, side: Side, place: int) -> Ints:
    """Return the codes of all legal pairs of one person, or of the best if they are many."""
    codes = grid.codes_with(side, place)
    return codes[np.argsort(-grid.scores_of(codes), kind="stable")[:FEW]] if len(codes) > FEW else codes
