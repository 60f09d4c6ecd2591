"""Each hard rule stops the pair that breaks it and no other, when checked alone and when solved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from mentoring.matching import MatchingError, Participant, PastPair, Rule, Rules, broken_rules, said, solve
from mentoring.matching.pairs.rules import _ALL_CHECKS
from mentoring.matching.pairs.traits import _names, class_filters, unasked
from mentoring.matching.said.alone import _STEPS
from mentoring.matching.said.helps import _FITS
from tests.matching.builders import MENTEE, MENTOR, PEOPLE, RULES, SWITCHES, problem

PAIR = (MENTOR.id, MENTEE.id)
BOSS = Participant("boss", mentor=False, mentee=False, level=8, manager_id=MENTEE.id)

BREAKS: list[tuple[Rule, dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    (Rule.ROLE, {"mentor": False}, {}, {}, "The mentor did not sign up to share."),
    (Rule.ROLE, {}, {"mentee": False}, {}, "The mentee did not sign up to learn."),
    (Rule.AWAY, {"available": False}, {}, {}, "The mentor is not available at the moment."),
    (Rule.AWAY, {"available": False}, {"available": False}, {}, "Both are not available at the moment."),
    (
        Rule.GUEST,
        {},
        {"guest": True},
        {},
        "The mentee is here as a guest, and this program is not open to guests.",
    ),
    (Rule.LEVEL, {"level": None}, {}, {}, "The mentor is without a level, and it has to be set first."),
    (Rule.LEVEL, {"level": 5}, {}, {}, "The mentee has to be at least one level above the mentor."),
    (Rule.LEVEL, {"level": 7}, {}, {}, "The mentee has to be at least one level above the mentor."),
    (Rule.LEVEL, {"also_level": 5}, {}, {}, "The mentee has to be at least one level above the mentor."),
    (Rule.LEVEL, {}, {"also_level": 2}, {}, "The mentee has to be at least one level above the mentor."),
    (
        Rule.LEVEL,
        {},
        {},
        {"rules": Rules(min_gap=4)},
        "The mentee has to be at least four levels above the mentor.",
    ),
    (
        Rule.LEVEL,
        {},
        {},
        {"rules": Rules(max_gap=2)},
        "The mentee is three levels above the mentor, and the program allows two.",
    ),
    (
        Rule.SKILL,
        {"shares": ("Podcasts",)},
        {},
        {},
        "The mentor does not offer a skill that the mentee wants to learn.",
    ),
    (
        Rule.HOURS,
        {"hours": (480, 600)},
        {},
        {},
        "They share 1 hour a day, and the program asks for 2 hours.",
    ),
    (
        Rule.HOURS,
        {"time_zone": "Asia/Tokyo"},
        {},
        {},
        "They share no working time a day, and the program asks for 2 hours.",
    ),
    (
        Rule.HOURS,
        {"time_zone": "Nowhere/Land"},
        {},
        {},
        "The time zone of at least one of them is not known.",
    ),
    (Rule.LANGUAGE, {"languages": frozenset({"ja"})}, {}, {}, "They have no language in common."),
    (Rule.LANGUAGE, {"languages": frozenset()}, {}, {}, "They have no language in common."),
    (
        Rule.DEPARTMENT,
        {"department": "finance "},
        {},
        {"rules": Rules(other_department_only=True)},
        "They work in the same department.",
    ),
    (
        Rule.DEPARTMENT,
        {"also_department": "finance "},
        {},
        {"rules": Rules(other_department_only=True)},
        "They work in the same department.",
    ),
    (
        Rule.DEPARTMENT,
        {"department": ""},
        {},
        {"rules": Rules(other_department_only=True)},
        "The department of at least one of them is not known.",
    ),
    (Rule.CHAIN, {"manager_id": MENTEE.id}, {}, {}, "One of them is in the other's reporting line."),
    (Rule.CHAIN, {"manager_id": BOSS.id}, {}, {}, "One of them is in the other's reporting line."),
    (Rule.CHAIN, {}, {"manager_id": MENTOR.id}, {}, "One of them is in the other's reporting line."),
    (Rule.APART, {"avoid": frozenset({MENTEE.id})}, {}, {}, "They should not be paired."),
    (Rule.APART, {}, {"avoid": frozenset({MENTOR.id})}, {}, "They should not be paired."),
    (Rule.APART, {}, {}, {"forbidden": frozenset({PAIR})}, "They should not be paired."),
    (Rule.REPEAT, {}, {}, {"history": [PastPair(*PAIR, 40)]}, "They have been paired before."),
    (Rule.REPEAT, {}, {}, {"history": [PastPair(MENTEE.id, MENTOR.id)]}, "They have been paired before."),
    (
        Rule.REPEAT,
        {},
        {},
        {"history": [PastPair(*PAIR, 9), PastPair(*PAIR, 3)], "rules": Rules(repeat_window_cycles=3)},
        "They have been paired before.",
    ),
    (Rule.FULL, {"mentor_capacity": 0}, {}, {}, "The mentor is without room for another partner."),
    (
        Rule.FULL,
        {},
        {},
        {"taken": frozenset({("x", MENTEE.id)})},
        "The mentee is without room for another partner.",
    ),
]


@pytest.mark.parametrize(("rule", "mentor", "mentee", "around", "words"), BREAKS)
def test_a_rule_stops_the_pair_that_breaks_it(
    rule: Rule, mentor: dict[str, Any], mentee: dict[str, Any], around: dict[str, Any], words: str
) -> None:
    junior, senior = replace(MENTOR, **mentor), replace(MENTEE, **mentee)
    given = problem(junior, senior, BOSS, **around)
    assert [(found.rule, said.broken(found)) for found in broken_rules(junior, senior, given)] == [
        (rule, words)
    ]
    assert solve(given).pairs == ()


def test_each_rule_is_tried() -> None:
    """Those that are about who is who in a pair have tests of their own."""
    assert {rule for rule, *_ in BREAKS} == set(Rule) - {Rule.SELF, Rule.STANDING}


def test_random_problems_set_each_rule_that_can_be_set() -> None:
    assert RULES.keys() == {one.name for one in fields(Rules)}


def test_random_people_differ_in_everything_that_a_matching_knows() -> None:
    assert {*PEOPLE, "id", "share_levels"} == {one.name for one in fields(Participant)}


EVERYTHING_ON = Rules(**dict.fromkeys(SWITCHES, True))


def test_rules_are_checked_and_counted_in_the_order_of_their_names() -> None:
    """But for skills, with which every count begins."""
    assert [*_ALL_CHECKS] == [*Rule]
    counted = [rule for rule, _ in class_filters(EVERYTHING_ON)]
    assert counted == [rule for rule in Rule if rule in counted]


def test_each_rule_about_classes_of_people_has_its_words() -> None:
    """In the count of who is left, and of a new partner, of whom the right level is said in numbers."""
    rules = {rule for rule, _ in class_filters(EVERYTHING_ON)}
    assert rules <= set(_STEPS)
    assert rules - {Rule.LEVEL} <= set(_FITS)


def test_people_who_differ_only_in_what_no_rule_asks_about_are_alike() -> None:
    always = {"level", "lowest", "highest", "starts", "length", "languages"}
    assert {*unasked(Rules())} == {*_names()} - always
    assert unasked(EVERYTHING_ON) == ()


ALLOWED: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({}, {}, {}),
    ({"guest": True}, {}, {"rules": Rules(guests_allowed=True)}),
    ({}, {}, {"rules": Rules(min_gap=3, max_gap=3)}),
    ({"department": "Finance"}, {}, {}),
    ({"hours": (420, 660)}, {}, {}),
    ({"languages": frozenset({"EN ", "ja"})}, {}, {}),
    ({"manager_id": "boss"}, {"manager_id": "boss"}, {}),
    ({"manager_id": "elsewhere"}, {"manager_id": "elsewhere"}, {}),
    ({"time_zone": "Nowhere/Land"}, {}, {"rules": Rules(min_overlap_minutes=0)}),
    ({}, {}, {"history": [PastPair(*PAIR, 4)], "rules": Rules(repeat_window_cycles=3)}),
    ({}, {}, {"history": [PastPair(*PAIR, 1)], "rules": Rules(repeat_window_cycles=0)}),
    ({"mentor_capacity": 2}, {}, {"taken": frozenset({(MENTOR.id, "x")})}),
]


@pytest.mark.parametrize(("mentor", "mentee", "around"), ALLOWED)
def test_what_keeps_to_the_rules_is_paired(
    mentor: dict[str, Any], mentee: dict[str, Any], around: dict[str, Any]
) -> None:
    junior, senior = replace(MENTOR, **mentor), replace(MENTEE, **mentee)
    given = problem(junior, senior, replace(BOSS, manager_id=None), **around)
    assert broken_rules(junior, senior, given) == ()
    assert [(pair.mentor_id, pair.mentee_id) for pair in solve(given).pairs] == [PAIR]


def test_nobody_is_their_own_mentor() -> None:
    both = replace(MENTOR, mentee=True, wants=MENTOR.shares)
    rules = {found.rule for found in broken_rules(both, both, problem(both))}
    assert Rule.SELF in rules
    assert solve(problem(both)).pairs == ()


def test_a_standing_pair_is_not_proposed_again_but_holds_when_checked_again() -> None:
    junior, senior = replace(MENTOR, mentor_capacity=2), replace(MENTEE, mentee_capacity=2)
    given = problem(junior, senior, taken=frozenset({PAIR}))
    assert [found.rule for found in broken_rules(junior, senior, given)] == [Rule.STANDING]
    assert broken_rules(junior, senior, given, capacity=False) == ()
    assert solve(given).pairs == ()


def test_nor_is_it_the_other_way_around() -> None:
    junior, senior = (replace(person, mentor_capacity=2, mentee_capacity=2) for person in (MENTOR, MENTEE))
    given = problem(junior, senior, taken=frozenset({PAIR[::-1]}))
    assert [found.rule for found in broken_rules(junior, senior, given)] == [Rule.STANDING]
    assert solve(given).pairs == ()


def test_every_broken_rule_is_named() -> None:
    junior = replace(MENTOR, shares=(), languages=frozenset({"ja"}), manager_id=MENTEE.id)
    rules = [found.rule for found in broken_rules(junior, MENTEE, problem(junior, MENTEE))]
    assert rules == [Rule.SKILL, Rule.LANGUAGE, Rule.CHAIN]


def test_a_private_list_reads_like_a_wish_of_the_leads() -> None:
    shy = replace(MENTOR, avoid=frozenset({MENTEE.id}))
    private = broken_rules(shy, MENTEE, problem(shy, MENTEE))
    ruled_out = broken_rules(MENTOR, MENTEE, problem(MENTOR, MENTEE, forbidden=frozenset({PAIR})))
    assert private == ruled_out


def test_people_outside_the_problem_are_refused() -> None:
    with pytest.raises(MatchingError, match="senior is not among the people given"):
        broken_rules(MENTOR, MENTEE, problem(MENTOR))
