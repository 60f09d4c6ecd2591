"""Where solving a large problem again after a change starts from: the last time's candidates, pairs and prices.

Loads numpy: import it late.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arcs import Model
from mentoring.matching.arrays import Bools, Ints, ranks
from mentoring.matching.grid import Grid
from mentoring.matching.model import Trail
from mentoring.matching.scale import Scale


def codes_along(grid: Grid, trail: Trail) -> tuple[Ints, Bools]:
    """Return the codes of those pairs of a trail whose people both have a place still, and which were chosen."""
    mentors, mentees = grid.mentors.places(trail.mentor_ids), grid.mentees.places(trail.mentee_ids)
    mentor, mentee = mentors[trail.mentor], mentees[trail.mentee]
    placed = (mentor >= 0) & (mentee >= 0)
    return grid.codes(mentor[placed], mentee[placed]), trail.used[placed]


def resumed(model: Model, trail: Trail, scale: Scale) -> tuple[Ints, Ints]:
    """Return the flow of those pairs of a trail that can stay, and its prices in this scale; they prove nothing yet."""
    codes, used = codes_along(model.grid, trail)
    stay = np.isin(model.arcs.codes, codes[used])
    return model.units(_with_room(model, stay)), model.prices(_prices(model, trail, scale))


def trail_of(model: Model, used: Bools, price: Ints, scale: Scale) -> Trail:
    """Return what solving nearly the same problem again can start from; `price` are those of all nodes."""
    grid, arcs = model.grid, model.arcs
    return Trail(
        grid.mentors.ids,
        grid.mentees.ids,
        arcs.mentor.astype(np.int32),
        arcs.mentee.astype(np.int32),
        used,
        -price[1 : 1 + len(grid.mentors)],
        scale,
    )


def _with_room(model: Model, used: Bools) -> Bools:
    """Return which of some pairs fit the room that people have now: the first few of each."""
    fitting = np.flatnonzero(used)
    for places, lineup in ((model.arcs.mentor, model.grid.mentors), (model.arcs.mentee, model.grid.mentees)):
        fitting = fitting[np.argsort(places[fitting], kind="stable")]
        own = places[fitting]
        fitting = fitting[ranks(own) < lineup.table.room[lineup.rows[own]]]
    found = np.zeros(len(used), np.bool_)
    found[fitting] = True
    return found


def _prices(model: Model, trail: Trail, scale: Scale) -> Ints:
    """Return what a pair has to pay for each mentor: as much as the last time, or what a new one does alone."""
    price, _ = model.least()
    place = model.grid.mentors.places(trail.mentor_ids)
    here = place >= 0
    price[place[here]] = scale.converted(trail.price[here], trail.scale)
    return price
