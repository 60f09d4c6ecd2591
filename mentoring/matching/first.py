"""The candidates that a large problem begins with. Loads numpy: import it late."""

from __future__ import annotations

import numpy as np

from mentoring.matching import sweep
from mentoring.matching.candidates import Ints
from mentoring.matching.grid import Grid, Lineup, distinct
from mentoring.matching.model import Side, Trail

FEW = 16
"""How many of the best mentors of each mentee are candidates to begin with, and twice those of each mentor."""

_RANDOM = 8
_SEED = 20_260_302

_LONELY = 2
"""With fewer legal candidates than this, somebody gets all they can have, unless there are too many such people."""

_MOST_LONELY = 2_000


def first_codes(grid: Grid, since: Trail | None) -> Ints:
    """Return the codes of the first candidates; those that break a rule about two people are still among them.

    They are the pairs of a similar problem's `since`, or else the best of each person and some random ones,
    which also reach the unpopular. Whoever is left with hardly any gets all the best there are.
    """
    codes = distinct(_along(grid, since) if since else np.concatenate([_best(grid), _random(grid)]))
    return np.concatenate([codes, _of_the_lonely(grid, codes)])


def _best(grid: Grid) -> Ints:
    return grid.codes(*sweep.best(grid, FEW, -(-FEW // 2)))


def _along(grid: Grid, trail: Trail) -> Ints:
    """Return the codes of those pairs of a trail whose people both have a place still."""
    mentors, mentees = grid.mentors.places(trail.mentor_ids), grid.mentees.places(trail.mentee_ids)
    mentor, mentee = mentors[trail.mentor], mentees[trail.mentee]
    placed = (mentor >= 0) & (mentee >= 0)
    return grid.codes(mentor[placed], mentee[placed])


def _random(grid: Grid) -> Ints:
    """Return random pairs for each mentee with a skill that makes them legal; some may break other rules."""
    place, skill, strength = grid.offers
    place, skill = (values[strength >= grid.mentors.table.enough] for values in (place, skill))
    order = np.argsort(skill, kind="stable")
    starts = np.searchsorted(skill[order], np.arange(grid.skills + 2))
    draw = np.random.default_rng(_SEED)
    found = [np.zeros(0, np.int64)]
    for column in (
        draw.integers(0, max(1, grid.wishes.skill.shape[1]), _RANDOM)
        if len(place) and len(grid.mentees)
        else ()
    ):
        wished = grid.wishes.skill[:, column]
        offered = starts[wished + 1] - starts[wished]
        mentee = np.flatnonzero(offered)
        mentor = place[order[starts[wished[mentee]] + draw.integers(0, offered[mentee])]]
        found.append(grid.codes(mentor, mentee))
    return np.concatenate(found)


def _of_the_lonely(grid: Grid, codes: Ints) -> Ints:
    """Return the codes of the best legal pairs of those who have hardly any.

    Left out of the first round, such a person would be served only by a second one in which everything changes.
    If they are very many, the rounds have to do for some of them.
    """
    legal = codes[grid.scores_of(codes) >= 0]
    mentee, mentor = np.divmod(legal, max(1, len(grid.mentors)))
    found = [np.zeros(0, np.int64)]
    sides: list[tuple[Side, Ints, Lineup]] = [
        ("mentor", mentor, grid.mentors),
        ("mentee", mentee, grid.mentees),
    ]
    for side, places, people in sides:
        few = np.flatnonzero(np.bincount(places, minlength=len(people)) < _LONELY)
        found += [_all_of(grid, side, place) for place in few[:_MOST_LONELY].tolist()]
    return np.concatenate(found)


def _all_of(grid: Grid, side: Side, place: int) -> Ints:
    """Return the codes of all legal pairs of one person, or of the best if they are many."""
    lineup = grid.mentors if side == "mentor" else grid.mentees
    others = grid.mentees if side == "mentor" else grid.mentors
    *_, (_, rows) = grid.board.steps(side, int(lineup.rows[place]))
    partners = others.place[rows]
    own = np.full(len(partners), place)
    codes = grid.codes(own, partners) if side == "mentor" else grid.codes(partners, own)
    return codes[np.argsort(-grid.scores_of(codes), kind="stable")[:FEW]] if len(codes) > FEW else codes
