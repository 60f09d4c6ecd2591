"""Each number and each claim in a sentence about people is counted again, one person after the other."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import (
    Act,
    LeftOut,
    MatchedPair,
    PairIds,
    Participant,
    Problem,
    Rule,
    Solution,
    broken_rules,
    solve,
    why_not,
)
from mentoring.matching.hours import shared_minutes
from mentoring.matching.pairs.context import Context
from mentoring.matching.said.alone import _STEPS
from mentoring.matching.words import duration, number, plural
from tests.effort import examples
from tests.matching.builders import MENTEE, MENTOR, mixed_problems, problem
from tests.matching.exact import legal_pairs
from tests.matching.test_help import company

ORDER = (Rule.SKILL, *(rule for rule in Rule if rule in _STEPS))
"""Skills come first, and then what is counted, in the order of the rules."""

STEPS = {"skill": Rule.SKILL, "related one": Rule.SKILL, "they share": Rule.SKILL} | {
    forms.many.removeprefix("{count} "): rule for rule, forms in _STEPS.items()
}
"""How a step ends, with what was counted in it."""

SAME = {Rule.REPEAT: Rule.APART, Rule.STANDING: Rule.APART}


def left_by(given_problem: Problem, left: LeftOut, last: Rule) -> list[Participant]:
    """Everybody else on the other side who is possible by all rules up to this one."""
    context = Context(replace(given_problem, discreet=False))
    people = {person.id: person for person in given_problem.people}
    person = people[left.id]
    asked = set(ORDER[: ORDER.index(last) + 1])
    found = []
    for other in given_problem.people:
        mentor, mentee = (person, other) if left.side == "mentor" else (other, person)
        broken = {SAME.get(one.rule, one.rule) for one in broken_rules(mentor, mentee, context)}
        if not broken & ({Rule.SELF, Rule.ROLE, Rule.AWAY, Rule.GUEST} | asked) and other.level is not None:
            found.append(other)
    return found


def check_reason(given_problem: Problem, left: LeftOut) -> None:
    if " → " not in left.reason and not left.reason.startswith("No m"):
        return
    partners = {
        pair.mentee_id if left.side == "mentee" else pair.mentor_id for pair in solve(given_problem).pairs
    }
    assert left.id not in partners
    for step in left.reason.split(" → "):
        if step.endswith(("another partner", "other partners")) and step.startswith(("that", "both", "all")):
            count = {"that": 1, "both": 2}.get(step.split()[0])
            candidates = left_by(given_problem, left, Rule.FULL)
            assert len(candidates) == count if count else len(candidates) > 2
            assert left.id not in {one.id for one in candidates}
        elif step != "none free for a new pairing":
            rule = next(rule for end, rule in STEPS.items() if step.endswith(end))
            told = int(step.split()[0].replace(",", "")) if step[0].isdigit() else 0
            assert told == len(left_by(given_problem, left, rule)), (left, step)


def check_waiting(given_problem: Problem, left: LeftOut, everybody: tuple[LeftOut, ...]) -> None:
    """Nobody is counted twice, and only who waits on this side."""
    act = left.acts[0]
    if act.act is Act.NEW_PARTNER:
        waiting = {
            one.id for one in everybody if one.side == left.side and one.acts[0].act is Act.NEW_PARTNER
        }
        assert 1 <= act.waiting <= len(waiting)
        skill = "wants" if left.side == "mentee" else "shares"
        people = {person.id: person for person in given_problem.people}
        if act.amount == act.waiting and not given_problem.rules.related_skills:
            assert act.waiting <= sum(act.skill in getattr(people[one], skill) for one in waiting)


def check_pair(given_problem: Problem, pair: MatchedPair) -> None:
    people = {person.id: person for person in given_problem.people}
    mentor, mentee = people[pair.mentor_id], people[pair.mentee_id]
    words = {part.name: part.words for part in pair.parts}
    assert words["gap"].startswith(plural((mentee.level or 0) - (mentor.level or 0), "level").capitalize())
    shared = shared_minutes(mentor, mentee, given_problem.on)
    assert (
        duration(shared).split()[0] in words["hours_overlap"]
        if shared
        else "No shared" in words["hours_overlap"]
    )
    if "other_department" in words:
        same = mentor.department.strip().casefold() == mentee.department.strip().casefold()
        assert (words["other_department"] == "Same department") is same
    teaches = re.sub(r"\([^)]*\)", "", words["skill_fit"])
    named = re.findall("“(.*?)”", teaches)
    assert len(set(named)) == len(named), words["skill_fit"]
    assert set(named) <= set(mentor.shares)
    for rank, wish in re.findall(r"(first|second|third) choice|“(.*?)”", words["skill_fit"]):
        assert rank in ("", "first", "second", "third")
        assert wish == "" or wish in (*mentor.shares, *mentee.wants)
    for who, person in (("mentor", mentor), ("mentee", mentee)):
        waited = f"{who} has waited {plural(person.waiting_cycles, 'cycle')}"
        assert (waited in words.get("waiting", "")) is bool(person.waiting_cycles)


def check(given_problem: Problem) -> None:
    solution = solve(given_problem)
    for left in solution.left_out:
        check_reason(given_problem, left)
        check_waiting(given_problem, left, solution.left_out)
    for pair in solution.pairs:
        check_pair(given_problem, pair)


@settings(max_examples=examples(60))
@given(st.integers(0, 10**9))
def test_counts_are_those_of_a_company(seed: int) -> None:
    check(company(seed))


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(mixed_problems())
def test_counts_are_right_in_every_corner_of_the_rules(given_problem: Problem) -> None:
    check(given_problem)


@settings(max_examples=examples(40))
@given(st.integers(0, 10**9))
def test_what_an_answer_says_would_be_lost_is_what_is_lost(seed: int) -> None:
    given_problem = company(seed)
    best = solve(given_problem)
    for pair in random.Random(seed).sample(legal := legal_pairs(given_problem), min(3, len(legal))):
        check_answer(given_problem, best, pair)


def check_answer(given_problem: Problem, best: Solution, pair: PairIds) -> None:
    together = solve(replace(given_problem, fixed=frozenset({pair})))
    words = why_not(given_problem, *pair, best).words
    told = re.search(r"up to ([\d,]+), instead of ([\d,]+)\.", words)
    if told:
        sums = [int(figure.replace(",", "")) for figure in told.groups()]
        assert sums == [sum(one.score for one in whole.pairs) for whole in (together, best)]
    roles = [with_a_partner(given_problem, whole) for whole in (best, together)]
    assert (roles[0] > roles[1]) is (" fewer would have a partner" in words), words
    if roles[0] > roles[1]:
        assert f"then {number(roles[0] - roles[1])} p" in words


def with_a_partner(given_problem: Problem, whole: Solution) -> int:
    """How many people have one, those in both roles once in each."""
    known = {person.id for person in given_problem.people}
    pairs = {(one.mentor_id, one.mentee_id) for one in whole.pairs} | given_problem.taken
    return len({one for one, _ in pairs} & known) + len({other for _, other in pairs} & known)


def test_somebody_alone_is_not_their_own_mentor() -> None:
    both = replace(MENTOR, mentee=True, wants=MENTOR.shares)
    assert [left.reason for left in solve(problem(both)).left_out] == [
        "No mentor offers a wanted skill",
        "No mentee wants a skill they share",
    ]
    assert [left.reason for left in solve(problem(both, MENTEE)).left_out] == [
        "No mentor offers a wanted skill"
    ]
