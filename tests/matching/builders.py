"""People and problems for the tests: a legal pair to start from, and random small organizations."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mentoring.matching import Participant, PastPair, Problem, Rules, Weights

MONDAY = date(2026, 3, 2)
MENTOR = Participant("junior", mentor=True, mentee=False, level=2, department="Sales", shares=("AI tools",))
MENTEE = Participant("senior", mentor=False, mentee=True, level=5, department="Finance", wants=("AI tools",))


def problem(*people: Participant, **changes: Any) -> Problem:
    """Return a problem on an ordinary Monday."""
    return replace(Problem(people, on=MONDAY), **changes)


def mentor(person_id: str, **changes: Any) -> Participant:
    """Return a mentor who fits any `mentee`."""
    return replace(MENTOR, id=person_id, **changes)


def mentee(person_id: str, **changes: Any) -> Participant:
    """Return a mentee who fits any `mentor`."""
    return replace(MENTEE, id=person_id, **changes)


def organization(size: int, seed: int, skills: int = 12) -> list[Participant]:
    """Return random people in six zones, with a reporting tree and capacities of one to three."""
    draw = random.Random(seed)
    zones = ("Europe/London", "America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata", "UTC")
    names = [f"skill {n}" for n in range(skills)]
    return [
        Participant(
            id=f"p{n:04}",
            mentor=draw.random() < 0.7,
            mentee=draw.random() < 0.7,
            level=draw.randint(1, 6),
            department=draw.choice(("Sales", "Finance", "Design", "")),
            time_zone=draw.choice(zones),
            shares=tuple(draw.sample(names, 3)),
            wants=tuple(draw.sample(names, 3)),
            manager_id=f"p{draw.randrange(n):04}" if n else None,
            mentor_capacity=draw.randint(1, 3),
            mentee_capacity=draw.randint(1, 2),
            waiting_cycles=draw.choice((0, 0, 1, 3)),
        )
        for n in range(size)
    ]


IDS = tuple("abcdefg")
SKILLS = ("AI tools", "Podcasts", "Inclusion")
_pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
_skills = st.lists(st.sampled_from(SKILLS), max_size=3).map(tuple)


_experiences = st.lists(st.sampled_from(("here", *SKILLS[:1])), max_size=2, unique=True).map(tuple)
"""One of them is named like a skill, which it is not."""


def _for(rules: Rules, person: Participant) -> Participant:
    """Somebody as they may be given under these rules."""
    return replace(person, opens=(), asks=()) if rules.related_skills else person


PEOPLE: dict[str, st.SearchStrategy[Any]] = {
    "mentor": st.booleans(),
    "mentee": st.booleans(),
    "level": st.sampled_from((1, 2, 3, 4, 5, None)),
    "department": st.sampled_from(("", "Sales", "sales ", "Design")),
    "time_zone": st.sampled_from(("UTC", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Mars/Base")),
    "hours": st.sampled_from(((540, 1020), (420, 900), (1320, 1800), (0, 1440))),
    "languages": st.sets(st.sampled_from(("en", "EN", "ja")), max_size=2).map(frozenset),
    "shares": _skills,
    "wants": _skills,
    "manager_id": st.none() | st.sampled_from((*IDS, "elsewhere")),
    "avoid": st.sets(st.sampled_from(IDS), max_size=1).map(frozenset),
    "mentor_capacity": st.integers(0, 3),
    "mentee_capacity": st.integers(0, 2),
    "waiting_cycles": st.integers(0, 3),
    "available": st.sampled_from((True, True, True, False)),
    "guest": st.sampled_from((False, False, False, True)),
    "also_level": st.sampled_from((None, None, None, 1, 4)),
    "also_department": st.sampled_from(("", "", "Sales", "Finance")),
    "opens": _experiences,
    "asks": _experiences,
}
"""What a matching knows of people: some are unavailable, held or nowhere."""


def participants(person_id: str) -> st.SearchStrategy[Participant]:
    """Return people of every kind."""
    return st.builds(Participant, id=st.just(person_id), **PEOPLE).flatmap(_with_levels)


def _with_levels(person: Participant) -> st.SearchStrategy[Participant]:
    count = len(person.shares)
    levels = st.just(()) | st.lists(st.integers(1, 3), min_size=count, max_size=count).map(tuple)
    return levels.map(lambda given: replace(person, share_levels=given))


def relations() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """Return which skills help with which others, in one direction or both."""
    others = st.frozensets(st.sampled_from(SKILLS), max_size=2)
    return st.dictionaries(st.sampled_from(SKILLS), others, max_size=3)


RULES: dict[str, st.SearchStrategy[Any]] = {
    "min_gap": st.integers(1, 2),
    "max_gap": st.sampled_from((None, 3)),
    "other_department_only": st.booleans(),
    "min_overlap_minutes": st.sampled_from((0, 120, 400)),
    "repeat_window_cycles": st.sampled_from((None, 0, 2)),
    "guests_allowed": st.booleans(),
    "related_skills": st.booleans(),
}
"""What a program may set, every field of `Rules`: a rule that is never on would not be tried."""

SWITCHES = tuple(one.name for one in fields(Rules) if isinstance(one.default, bool))
"""Those of them that are on or off."""


@st.composite
def mixed_problems(draw: st.DrawFn) -> Problem:
    """Return small problems in which every rule plays a part."""
    rules = draw(st.builds(Rules, **RULES))
    return Problem(
        people=[_for(rules, draw(participants(person_id))) for person_id in draw(st.permutations(IDS))],
        rules=rules,
        weights=draw(weights()),
        history=draw(
            st.lists(
                st.builds(PastPair, st.sampled_from(IDS), st.sampled_from(IDS), st.integers(1, 4)), max_size=3
            )
        ),
        forbidden=draw(st.frozensets(_pairs, max_size=2)),
        on=draw(st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        taken=draw(st.frozensets(_pairs, max_size=2)),
        keep=draw(st.frozensets(_pairs, max_size=4)),
        related=draw(relations()),
    )


@st.composite
def open_problems(draw: st.DrawFn) -> Problem:
    """Return small problems with many legal pairs, so that the people compete."""
    mentors = [
        mentor(
            f"m{n}",
            level=draw(st.integers(1, 4)),
            shares=draw(_skills),
            mentor_capacity=draw(st.integers(1, 3)),
            waiting_cycles=draw(st.integers(0, 3)),
            opens=draw(_experiences),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    mentees = [
        mentee(
            f"n{n}",
            level=draw(st.integers(2, 5)),
            wants=draw(_skills),
            mentee_capacity=draw(st.integers(1, 2)),
            waiting_cycles=draw(st.integers(0, 3)),
            asks=draw(_experiences),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    rules = Rules(related_skills=draw(st.booleans()))
    pairs = st.tuples(st.sampled_from(mentors), st.sampled_from(mentees)).map(
        lambda two: (two[0].id, two[1].id)
    )
    return Problem(
        people=[_for(rules, person) for person in (*mentors, *mentees)],
        weights=draw(weights()),
        forbidden=draw(st.frozensets(pairs, max_size=4)),
        on=MONDAY,
        taken=draw(st.frozensets(pairs, max_size=1)),
        keep=draw(st.frozensets(pairs, max_size=4)),
        rules=rules,
        related=draw(relations()),
    )


def weights() -> st.SearchStrategy[Weights]:
    """Return weights, all zero among them: then every pair ties."""
    few = st.sampled_from((0, 1, 7))
    return st.builds(Weights, few, few, few, few, st.integers(0, 4))
