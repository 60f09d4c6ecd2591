"""Whoever reads only those who may fit finds the same pairs as whoever reads everybody."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mentoring.cycles import Cycle
from mentoring.pairings import ProposedPair
from program import late_pairs, members
from program.act import Act
from program.subjects import OfProgram
from storage import members as stored
from tests.program.office import Office

SKILLS = ("AI tools", "Automation", "Python", "Prompt writing", "Podcasting", "podcasting", "Knots", "Tea")
"""Some of them help with others; two are one; and three are in nobody's reach but their own."""

PEOPLE = [f"UN{number:02d}" for number in range(18)]


def joins(office: Office, draw: random.Random) -> None:
    for one in PEOPLE:
        answers: dict[str, Any] = {
            "role": draw.choice(("share", "learn", "both")),
            "level": draw.choice((1, 2, 3, 4, 5)),
            "shares": tuple(draw.sample(SKILLS[:5] + SKILLS[6:], draw.choice((1, 2)))),
            "wants": tuple(draw.sample(SKILLS[:4] + SKILLS[5:], draw.choice((1, 2)))),
            "department": draw.choice(("", "Sales", "Legal")),
            "manager_id": draw.choice((None, *PEOPLE[:3])),
            "avoid": tuple(draw.sample(PEOPLE, 1)),
        }
        if answers["manager_id"] == one or one in answers["avoid"]:
            answers |= {"manager_id": None, "avoid": ()}
        if draw.random() < 0.8:
            office.joins(one, **answers)


def office_members(office: Office) -> set[str]:
    return {one for one in PEOPLE if office.find(one)}


def found(act: Act, cycle: Cycle, seekers: frozenset[str], near: frozenset[str] | None) -> list[ProposedPair]:
    problem, standing = late_pairs.among(act, cycle, near)
    return late_pairs.best(problem, standing, seekers)


def told(pairs: list[ProposedPair]) -> list[tuple[object, ...]]:
    """Topics and reasons are in the spelling of most, which differs by who is read."""
    return [(one.mentor_id, one.mentee_id, one.score, len(one.topics), len(one.reasons)) for one in pairs]


@pytest.mark.parametrize("seed", range(4))
def test_reading_fewer_people_finds_the_same_pairs(office: Office, seed: int) -> None:
    draw = random.Random(seed)
    office.sets_up()
    office.introduced_in_place()
    joins(office, draw)
    if seed % 2:
        office.passes(minutes=2)  # some of them have found each other, and wait for the leads
    for one in draw.sample(sorted(office_members(office)), 3):
        members.pause(office.ctx, office.workspace, one)
    with office.ctx.read(about=OfProgram(office.program.id)) as act:
        (cycle,) = (one for one in office.cycles if one.runs)
        everybody = stored.of_program(act.tx, act.program.id).keys()
        fewer = 0
        for size in (1, 1, 2, 4, len(PEOPLE)):
            seekers = stored.of_program(act.tx, act.program.id, draw.sample(PEOPLE, size))
            near = late_pairs.may_fit(act, cycle, seekers)
            assert near is not None
            fewer += len(near) < len(everybody)
            few, all_ = (found(act, cycle, frozenset(seekers), one) for one in (near, None))
            assert told(few) == told(all_)
    assert fewer
    assert all_ or seed % 2
