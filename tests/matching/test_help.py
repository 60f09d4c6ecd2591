"""Every help line is done, and the matching solved again: it gives a partner to whom it says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Act, Help, LeftOut, Participant, PastPair, Problem, Rules, Side, solve
from mentoring.matching.why import advice
from tests.effort import examples
from tests.matching.builders import MONDAY, SWITCHES, mixed_problems
from tests.matching.exact import best_by_constraints

FIRST_STEPS = {
    *(Act.SET_LEVEL, Act.ALLOW_GUESTS, Act.SET_SKILL, Act.SET_TIME_ZONE, Act.LONGER_DAY),
    *(Act.SET_LANGUAGE, Act.SET_DEPARTMENT),
}
NOBODY_ELSE = {Act.NAME_SKILL, Act.TAKE_ROLE, Act.WIDEN_HOURS}
"""What somebody does for themselves, so that nobody else is served by it."""


_HOW_OFTEN = {"guests_allowed": 0.5, "related_skills": 0.3}
"""How often a rule is on, where that is not in two of five programs."""


def company(seed: int) -> Problem:
    """A few people under rules of every kind, with more of one side than of the other."""
    draw = random.Random(seed)
    skills = ("AI tools", "SQL", "Podcasts", "Inclusion")[: draw.randint(1, 4)]
    size, scarce = draw.randint(2, 11), draw.choice((0.2, 0.5, 0.8))
    ids = [f"p{n}" for n in range(size)]

    tidy = draw.random() < 0.6  # most people could be a pair, so that they compete

    def one_of(usual: tuple[Any, ...], unusual: tuple[Any, ...]) -> Any:
        return draw.choice(usual if tidy else (*usual, *unusual))

    def person(person_id: str) -> Participant:
        both = draw.random() < 0.25
        mentors = draw.random() < scarce
        return Participant(
            id=person_id,
            mentor=both or mentors,
            mentee=both or not mentors,
            level=draw.randint(1, 3) + 2 * (not mentors) if tidy else draw.choice((1, 2, 3, 4, 5, 6, None)),
            department=one_of(("Sales", "sales ", "Design", "Legal"), ("",)),
            time_zone=one_of(("UTC", "UTC", "Europe/Berlin", "Asia/Tokyo"), ("America/New_York", "No/Where")),
            hours=one_of(((540, 1020), (540, 1020), (1320, 1800)), ((420, 900), (600, 660), (0, 1440))),
            languages=frozenset(one_of((("en",), ("en",), ("EN", "ja")), (("ja",), ()))),
            shares=tuple(draw.sample(skills, min(len(skills), one_of((1, 2), (0,))))),
            wants=tuple(draw.sample(skills, min(len(skills), one_of((1, 2), (0,))))),
            manager_id=one_of((None, None), (draw.choice(ids),)),
            avoid=frozenset(draw.sample(ids, one_of((0, 0, 1), ()))),
            mentor_capacity=one_of((1, 1, 2), (0,)),
            mentee_capacity=draw.choice((1, 1, 2)),
            waiting_cycles=draw.choice((0, 0, 1, 3)),
            available=draw.random() < 0.9,
            guest=draw.random() < 0.1,
        )

    least = draw.randint(1, 2)
    couples = [tuple(draw.sample(ids, 2)) for _ in range(4)]
    return Problem(
        [person(person_id) for person_id in ids],
        rules=Rules(
            min_gap=least,
            max_gap=draw.choice((None, least, 3)),
            min_overlap_minutes=draw.choice((0, 60, 120, 400)),
            **{name: draw.random() < _HOW_OFTEN.get(name, 0.4) for name in SWITCHES},
        ),
        related={skill: frozenset(draw.sample(skills, min(1, len(skills)))) for skill in skills},
        history=[PastPair(one, other) for one, other in couples[: draw.choice((0, 2))]],
        forbidden=frozenset((one, other) for one, other in couples[2 : draw.choice((2, 3))]),
        taken=frozenset((one, other) for one, other in couples[3 : draw.choice((3, 3, 4))]),
        levels=draw.choice((None, 6)),
        on=MONDAY,
        discreet=draw.random() < 0.3,
    )


def done(given_problem: Problem, left: LeftOut, act: Help, draw: random.Random) -> Problem:
    """The same problem after the act."""
    person = next(one for one in given_problem.people if one.id == left.id)
    if act.act is Act.NEW_PARTNER:
        new = [newcomer(given_problem, person, left.side, act, draw, n) for n in range(act.amount)]
        return replace(given_problem, people=[*given_problem.people, *new])
    rules: dict[Act, dict[str, Any]] = {
        Act.LESS_OVERLAP: {"min_overlap_minutes": act.amount},
        Act.SMALLER_GAP: {"min_gap": act.amount},
        Act.LARGER_GAP: {"max_gap": act.amount},
        Act.SAME_DEPARTMENT: {"other_department_only": False},
        Act.ALLOW_GUESTS: {"guests_allowed": True},
    }
    if act.act in rules:
        return replace(given_problem, rules=replace(given_problem.rules, **rules[act.act]))
    return changed(given_problem, replace(person, **answers(given_problem, person, left.side, act)))


def changed(given_problem: Problem, person: Participant) -> Problem:
    return replace(
        given_problem, people=[person if one.id == person.id else one for one in given_problem.people]
    )


def answers(given_problem: Problem, person: Participant, side: Side, act: Help) -> dict[str, Any]:
    """What the person answers after the act."""
    shares = {"shares": (*person.shares, act.skill), "share_levels": ()}
    wants = {"wants": (*person.wants, act.skill)}
    start, end = person.hours
    earlier = (start - act.before) % 1440
    after: dict[Act, dict[str, Any]] = {
        Act.NAME_SKILL: shares if side == "mentor" else wants,
        Act.TAKE_ROLE: {
            **(shares if side == "mentee" else wants),
            "mentor": True,
            "mentee": True,
            "mentor_capacity": max(1, person.mentor_capacity),
            "mentee_capacity": max(1, person.mentee_capacity),
        },
        Act.WIDEN_HOURS: {"hours": (earlier, earlier + end - start + act.amount)},
        Act.SET_LEVEL: {"level": 3},
        Act.SET_SKILL: {"shares": ("Juggling",)} if side == "mentor" else {"wants": ("Juggling",)},
        Act.SET_TIME_ZONE: {"time_zone": "UTC"},
        Act.LONGER_DAY: {"hours": (start, start + given_problem.rules.min_overlap_minutes)},
        Act.SET_LANGUAGE: {"languages": frozenset({"en"})},
        Act.SET_DEPARTMENT: {"department": "Research"},
    }
    return after[act.act]


def newcomer(
    given_problem: Problem, person: Participant, side: Side, act: Help, draw: random.Random, number: int
) -> Participant:
    """Somebody new who is what the line says, and otherwise like the person."""
    assert person.level is not None
    rules, levels = given_problem.rules, given_problem.levels
    least, most = act.gap or (rules.min_gap, rules.max_gap)
    furthest = least + 3 if most is None else most
    gaps = [gap for gap in range(least, furthest + 1) if side == "mentor" or gap < person.level]
    if levels is not None and side == "mentor":
        gaps = [gap for gap in gaps if person.level + gap <= levels]
    if act.gap is not None:
        assert furthest - least + 1 == len(gaps) or most is None, "a level that does not exist"
    gap = draw.choice(gaps)
    return Participant(
        f"new{number}",
        mentor=side == "mentee",
        mentee=side == "mentor",
        level=person.level - gap if side == "mentee" else person.level + gap,
        department=draw.choice(("Research", "Kitchen")),
        time_zone=person.time_zone,
        hours=person.hours,
        languages=person.languages,
        shares=(act.skill,) if side == "mentee" else (),
        wants=(act.skill,) if side == "mentor" else (),
        guest=False,
    )


def alone(given_problem: Problem, side: Side) -> set[str]:
    return {one.id for one in solve(given_problem).left_out if one.side == side}


def off_the_side(person: Participant, side: Side) -> Participant:
    return replace(person, mentor=False) if side == "mentor" else replace(person, mentee=False)


def surely_served(given_problem: Problem, person_id: str, side: Side) -> bool:
    """Whether the person has a partner in every best result: without them as one, less is reached."""
    person = next(one for one in given_problem.people if one.id == person_id)
    without = changed(given_problem, off_the_side(person, side))
    with_them, without_them = (solve(one).proof for one in (given_problem, without))
    return (with_them.served, with_them.waiting) > (without_them.served, without_them.waiting)


def gains(given_problem: Problem, left: LeftOut, act: Help, draw: random.Random) -> bool:
    """Whether the act gives the person a partner or, where it says so, one of those who wait."""
    after = done(given_problem, left, act, draw)
    if act.act is Act.TAKE_ROLE:
        return surely_served(after, left.id, "mentee" if left.side == "mentor" else "mentor")
    if act.act is Act.NEW_PARTNER and act.amount < act.waiting:
        return bool(alone(given_problem, left.side) - alone(after, left.side))
    return surely_served(after, left.id, left.side)


def steps_on(given_problem: Problem, left: LeftOut, act: Help, draw: random.Random) -> bool:
    """Whether after a first step there is a partner or another reason."""
    after = solve(done(given_problem, left, act, draw)).left_out
    same = [one for one in after if (one.id, one.side) == (left.id, left.side)]
    return all(one.acts[0].act is not act.act for one in same)


def lines(given_problem: Problem) -> Iterator[LeftOut]:
    yield from solve(given_problem).left_out


def check(given_problem: Problem, draw: random.Random) -> None:
    people = {person.id: person for person in given_problem.people}
    for left in lines(given_problem):
        acts = [act.act for act in left.acts]
        told = (left, acts)
        if acts[0] in FIRST_STEPS:
            assert len(acts) == 1, told
            assert steps_on(given_problem, left, left.acts[0], draw), told
            assert " first" in left.help or acts[0] is Act.LONGER_DAY, told
        elif acts[0] is not Act.NOTHING:
            assert ("One of these" in left.help) == (len(acts) > 1), told
            assert gains(given_problem, left, left.acts[0], draw), told
            alone_in_it = not (people[left.id].mentor and people[left.id].mentee)
            for act in left.acts[1:]:
                if act.act in NOBODY_ELSE and not given_problem.discreet and alone_in_it:
                    assert gains(given_problem, left, act, draw), (told, act)


@pytest.mark.slow
@settings(max_examples=examples(150))
@given(st.integers(0, 10**9))
def test_what_a_line_asks_for_gives_a_partner(seed: int) -> None:
    check(company(seed), random.Random(seed))


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(mixed_problems(), st.randoms(use_true_random=False))
def test_and_so_in_every_corner_of_the_rules(given_problem: Problem, draw: random.Random) -> None:
    check(with_one_source(given_problem), draw)


def with_one_source(given_problem: Problem) -> Problem:
    """The same where no two sources disagree: what helps somebody of two levels is that a lead decides between them."""
    people = [replace(person, also_level=None, also_department="") for person in given_problem.people]
    return replace(given_problem, people=people)


@settings(max_examples=examples(40))
@given(st.integers(0, 10**9))
def test_large_organizations_hear_less_and_still_the_truth(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(advice, "EXACT", -1)
        check(company(seed), random.Random(seed))


@settings(max_examples=examples(10))
@given(st.integers(0, 10**9))
def test_another_solver_says_so_too(seed: int) -> None:
    """CP-SAT reaches more with the person than without them, once a line that names nobody else is done."""
    given_problem, draw = replace(company(seed), taken=frozenset()), random.Random(seed)
    people = {person.id: person for person in given_problem.people}
    for left in solve(given_problem).left_out:
        act = left.acts[0]
        if act.act is Act.NEW_PARTNER and act.amount == act.waiting:
            after = done(given_problem, left, act, draw)
            without = changed(after, off_the_side(people[left.id], left.side))
            assert best_by_constraints(after)[:2] > best_by_constraints(without)[:2], left
            return
