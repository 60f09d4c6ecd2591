"""Where solving a large problem again after a change starts from: the last time's candidates, pairs and prices.

Loads numpy: import it late.

In the literature: warm start, re-optimization.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import Bools, Ints, ranks
from mentoring.matching.flow.objective import Scaled
from mentoring.matching.pairs.grid import Grid
from mentoring.matching.solution import Trail


def codes_along(grid: Grid, trail: Trail) -> tuple[Ints, Bools]:
    """Return the codes of those pairs of a trail whose people both have a place still, and which were chosen."""
    mentors, mentees = grid.mentors.places(trail.mentor_ids), grid.mentees.places(trail.mentee_ids)
    mentor, mentee = mentors[trail.mentor], mentees[trail.mentee]
    placed = (mentor >= 0) & (mentee >= 0)
    return grid.codes(mentor[placed], mentee[placed]), trail.used[placed]


def resumed(grid: Grid, model: Scaled, trail: Trail) -> tuple[Ints, Ints]:
    """Return the flow of those pairs of a trail that can stay, and its prices in this scale; they prove nothing yet."""
    codes, used = codes_along(grid, trail)
    stay = np.isin(model.candidates.codes, codes[used])
    units = model.units(_with_room(model, stay))
    return units, model.answered(_prices(grid, model, trail), units)


def trail_of(grid: Grid, model: Scaled, used: Bools, price: Ints) -> Trail:
    """Return what solving nearly the same problem again can start from; `price` are those of all nodes."""
    candidates = model.candidates
    return Trail(
        grid.mentors.ids,
        grid.mentees.ids,
        candidates.mentor.astype(np.int32),
        candidates.mentee.astype(np.int32),
        used,
        *model.of_sides(price),
        model.scale,
    )


def _with_room(model: Scaled, used: Bools) -> Bools:
    """Return which of some pairs fit the room that people have now: the first few of each."""
    fitting = np.flatnonzero(used)
    candidates = model.candidates
    for places, roster in ((candidates.mentor, model.mentors), (candidates.mentee, model.mentees)):
        fitting = fitting[np.argsort(places[fitting], kind="stable")]
        own = places[fitting]
        fitting = fitting[ranks(own) < roster.room[own]]
    found = np.zeros(len(used), np.bool_)
    found[fitting] = True
    return found


def _prices(grid: Grid, model: Scaled, trail: Trail) -> Ints:
    """Return the prices of the last time; those who are new have no partner yet."""
    price = model.nobody()
    before = model.scale.converted(np.concatenate([trail.mentee_price, -trail.mentor_price]), trail.scale)
    mentees, mentors = grid.mentees.places(trail.mentee_ids), grid.mentors.places(trail.mentor_ids)
    nodes = np.concatenate([1 + mentees, 1 + len(grid.mentees) + mentors])
    here = np.concatenate([mentees, mentors]) >= 0
    price[nodes[here]] = before[here]
    return price
