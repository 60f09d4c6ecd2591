"""A made-up organization of any size, the same for the same seed, to measure the matching on."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TypedDict

from mentoring.matching import Participant, Problem

MONDAY = date(2026, 3, 2)
SKILLS = 400


class Variant(TypedDict, total=False):
    """What is out of the ordinary in an organization: `organization` takes these."""

    skills: int
    mentors: float
    room: int
    alike: bool


VARIANTS: dict[str, Variant] = {
    "loose": {},
    "tight": {"mentors": 0.35},
    "few skills": {"skills": 40},
    "room": {"room": 3},
}
"""Enough of everything; mentors are scarce; everybody wants the same; people have room for one to three partners."""

ALL_FIT: dict[str, Variant] = {"all fit": {"alike": True}}
"""Everybody could be with everybody on a higher level, and most pairs are as good: whatever prunes finds nothing."""

_LEVELS = 8
_DEPARTMENTS = 12
_ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Singapore",
)
_REPORTS = 7


def organization(
    size: int,
    *,
    seed: int = 1,
    skills: int = SKILLS,
    mentors: float = 1.0,
    room: int = 1,
    alike: bool = False,
) -> Problem:
    """Return `size` people who report to each other as a tree, the most senior first.

    Skills are as popular as words (Zipf), everybody names two to four of them. The junior levels share what
    they know, the senior ones want to learn, and the middle does both. `mentors` is how many of the mentors
    there are to stay, as a share. In each role, people have room for one to `room` partners. `alike` people differ by
    their level alone, and take part in both roles.
    """
    draw = random.Random(seed)
    popular = list(accumulate(1 / rank for rank in range(1, skills + 1)))
    names = [f"skill {number}" for number in range(skills)]
    people = [_person(draw, n, size, names, popular, mentors) for n in range(size)]
    if alike:
        people = [_alike(person, n) for n, person in enumerate(people)]
    return Problem([_with_room(draw, person, room) for person in people], on=MONDAY)


def _person(
    draw: random.Random, n: int, size: int, names: list[str], popular: list[float], mentors: float
) -> Participant:
    level = _LEVELS - int(_LEVELS * (n / size))
    return Participant(
        id=f"p{n:06}",
        mentor=level <= _LEVELS // 2 + 1 and draw.random() < 0.8 * mentors,
        mentee=level >= _LEVELS // 2 and draw.random() < 0.7,
        level=level,
        department=f"Department {draw.randrange(_DEPARTMENTS)}",
        time_zone=draw.choice(_ZONES),
        shares=_some(draw, names, popular),
        wants=_some(draw, names, popular),
        manager_id=f"p{(n - 1) // _REPORTS:06}" if n else None,
        waiting_cycles=draw.choices((0, 1, 2, 3), (12, 4, 2, 1))[0],
    )


def _alike(person: Participant, n: int) -> Participant:
    return replace(
        person,
        mentor=True,
        mentee=True,
        level=1 + n % _LEVELS,
        department="Department",
        time_zone="UTC",
        shares=("skill",),
        wants=("skill",),
        manager_id=None,
        waiting_cycles=0,
    )


def _with_room(draw: random.Random, person: Participant, room: int) -> Participant:
    return replace(person, mentor_capacity=draw.randint(1, room), mentee_capacity=draw.randint(1, room))


def _some(draw: random.Random, names: list[str], popular: list[float]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(draw.choices(names, cum_weights=popular, k=draw.randint(2, 4))))
