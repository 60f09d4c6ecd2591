"""Why somebody has no partner, what would help, and how offers and wishes balance."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.matching import LeftOut, Participant, PastPair, Problem, Rule, Rules, SkillBalance, solve
from tests.matching.builders import mentee, mentor, organization, problem


def left(given: Problem, person_id: str) -> LeftOut:
    (found,) = (left for left in solve(given).left_out if left.id == person_id)
    return found


CASES: list[tuple[Rule, dict[str, Any], dict[str, Any], str, str]] = [
    (
        Rule.SKILL,
        {"wants": ("Podcasts",)},
        {},
        "No mentor offers a wanted skill",
        "One of these would help: one more mentor who can teach “Podcasts”; wanting to learn “AI tools”.",
    ),
    (
        Rule.LEVEL,
        {"level": 2},
        {},
        "2 mentors offer a wanted skill → none at the right distance in level",
        "One more mentor who can teach “AI tools”, one level below them, would help.",
    ),
    (
        Rule.LEVEL,
        {"level": 8},
        {"rules": Rules(min_gap=2, max_gap=4)},
        "2 mentors offer a wanted skill → none at the right distance in level",
        (
            "One of these would help: one more mentor who can teach “AI tools”, two to four levels below them; "
            "perhaps a rule that allows partners five levels apart."
        ),
    ),
    (
        Rule.LEVEL,
        {"level": 1},
        {},
        "2 mentors offer a wanted skill → none at the right distance in level",
        "No level is far enough below theirs, so they can take part only as a mentor.",
    ),
    (
        Rule.HOURS,
        {"time_zone": "Asia/Tokyo"},
        {},
        "2 mentors offer a wanted skill → none with enough working hours in common",
        (
            "One of these would help: one more mentor who can teach “AI tools”, with working hours like theirs; "
            "working hours that are 3 hours longer at the end of their day."
        ),
    ),
    (
        Rule.HOURS,
        {"hours": (0, 60)},
        {},
        "2 mentors offer a wanted skill → none with enough working hours in common",
        "Their working day has to be as long as the shared time that the rules ask for, 2 hours.",
    ),
    (
        Rule.LANGUAGE,
        {"languages": frozenset({"ja"})},
        {},
        "2 mentors offer a wanted skill → none with a common language",
        "One more mentor who can teach “AI tools”, with a common language, would help.",
    ),
    (
        Rule.DEPARTMENT,
        {"department": "Sales"},
        {"rules": Rules(other_department_only=True)},
        "2 mentors offer a wanted skill → none known to be in another department",
        (
            "One of these would help: one more mentor who can teach “AI tools”, in another department; "
            "perhaps a rule that allows partners in the same department."
        ),
    ),
    (
        Rule.CHAIN,
        {"manager_id": "a"},
        {},
        "2 mentors offer a wanted skill → none outside the reporting line",
        "One more mentor who can teach “AI tools”, outside their reporting line, would help.",
    ),
    (
        Rule.APART,
        {"avoid": frozenset({"a"})},
        {"history": [PastPair("b", "x")]},
        "2 mentors offer a wanted skill → none besides earlier partners and people to avoid",
        "One more mentor who can teach “AI tools” would help.",
    ),
    (
        Rule.FULL,
        {},
        {"taken": frozenset({("a", "y"), ("b", "z")})},
        "2 mentors offer a wanted skill → none with room for another partner",
        (
            "One of these would help: one more mentor who can teach “AI tools”; "
            "perhaps one of the mentors who would fit taking another mentee."
        ),
    ),
]


@pytest.mark.parametrize(("rule", "changes", "around", "reason", "help_"), CASES)
def test_the_rule_that_removed_the_last_candidate(
    rule: Rule, changes: dict[str, Any], around: dict[str, Any], reason: str, help_: str
) -> None:
    person = mentee("x", **changes)
    mentors = [mentor(name, level=3, manager_id=above) for name, above in (("a", "b"), ("b", None))]
    found = left(problem(*mentors, person, **around), person.id)
    assert (found.id, found.side, found.rule) == (person.id, "mentee", rule)
    assert (found.reason, found.help) == (reason, help_)


def test_a_chain_of_counts_ends_with_those_who_took_the_rest() -> None:
    people = [
        mentor("a"),
        mentor("same level", level=5),
        mentor("far away", time_zone="Asia/Tokyo"),
        mentor("report", manager_id="x"),
        mentee("x"),
        mentee("first", waiting_cycles=1),
    ]
    found = left(problem(*people, forbidden=frozenset({("report", "first")})), "x")
    assert found.reason == (
        "4 mentors offer a wanted skill → 3 at the right distance in level → "
        "2 with enough working hours in common → 1 outside the reporting line → that one has another partner"
    )
    assert found.rule is Rule.FULL


@pytest.mark.parametrize(
    ("count", "end"),
    [(1, "that one has another partner"), (2, "both have other partners"), (3, "all have other partners")],
)
def test_the_end_of_the_chain_fits_the_number(count: int, end: str) -> None:
    mentors = [mentor(f"m{n}") for n in range(count)]
    mentees = [mentee(f"n{n}", waiting_cycles=1) for n in range(count)]
    found = left(problem(*mentors, *mentees, mentee("x")), "x")
    assert found.reason.endswith(f" wanted skill → {end}")


def test_a_mentor_without_a_mentee_is_told_the_same_way() -> None:
    given = problem(mentor("a"), mentee("x", level=2))
    found = left(given, "a")
    assert (found.id, found.side, found.rule) == ("a", "mentor", Rule.LEVEL)
    assert found.reason == "1 mentee wants a skill they share → none at the right distance in level"
    assert found.help == (
        "One more mentee who wants to learn “AI tools”, at least one level above them, would help."
    )


def test_people_with_the_same_need_are_counted_together() -> None:
    asia = [mentee(name, time_zone="Asia/Tokyo", wants=("Data visualization",)) for name in ("x", "y")]
    given = problem(mentor("a", shares=("Data visualization",)), *asia, mentee("z", wants=("Podcasts",)))
    assert left(given, "x").help == left(given, "y").help
    assert left(given, "x").help == (
        "One of these would help: two more mentors who can teach “Data visualization”, with working hours like "
        "theirs, as two people wait for the same; working hours that are 3 hours longer at the end of their day."
    )
    assert left(given, "z").help.startswith(
        "One of these would help: one more mentor who can teach “Podcasts”"
    )


def test_a_taken_mentor_is_looked_for_where_the_hours_fit() -> None:
    far = mentor("far", time_zone="America/Los_Angeles")
    rival, late = (
        mentee("rival", time_zone="Asia/Tokyo", waiting_cycles=1),
        mentee("x", time_zone="Asia/Tokyo"),
    )
    assert left(problem(mentor("near", time_zone="Asia/Tokyo"), far, rival, late), "x").help == (
        "One of these would help: one more mentor who can teach “AI tools”, with working hours like theirs; "
        "perhaps one of the mentors who would fit taking another mentee."
    )


def test_mentors_with_the_same_need_are_counted_together() -> None:
    mentors = [mentor(name) for name in ("a", "b", "c")]
    assert left(problem(*mentors, mentee("x")), "b").help == (
        "One of these would help: two more mentees who want to learn “AI tools”, as two people wait for the same; "
        "perhaps one of the mentees who would fit taking another mentor."
    )


def test_people_who_cannot_be_paired_with_anybody_are_told_why() -> None:
    people = [
        mentor("unknown", level=None),
        mentor("guest", guest=True),
        mentor("silent", shares=()),
        mentee("x"),
    ]
    reasons = {found.id: (found.rule, found.reason, found.help) for found in solve(problem(*people)).left_out}
    assert reasons["unknown"] == (Rule.LEVEL, "The level is not known", "Their level has to be set first.")
    assert reasons["guest"][:2] == (Rule.GUEST, "This program is not open to guests")
    assert reasons["silent"] == (
        Rule.SKILL,
        "No skill is named yet",
        "Sharing “AI tools” would help.",
    )


def test_who_takes_no_part_has_no_room_or_a_partner_is_not_left_out() -> None:
    people = [
        mentor("paused", available=False),
        mentor("closed", mentor_capacity=0),
        mentor("served", mentor_capacity=2),
        Participant("manager", mentor=False, mentee=False, level=9),
    ]
    given = problem(*people, mentee("x"), taken=frozenset({("served", "x")}))
    assert solve(given).left_out == ()


def test_everybody_without_a_partner_is_listed_once_a_side() -> None:
    given = problem(*organization(120, 5, skills=30))
    solution = solve(given)
    mentors, mentees = (
        {pair.mentor_id for pair in solution.pairs},
        {pair.mentee_id for pair in solution.pairs},
    )
    expected = [(p.id, "mentee") for p in given.people if p.mentee and p.id not in mentees]
    expected += [(p.id, "mentor") for p in given.people if p.mentor and p.id not in mentors]
    assert [(found.id, found.side) for found in solution.left_out] == expected


def test_private_lists_history_and_wishes_of_leads_read_alike() -> None:
    people, shy = (mentor("a"), mentee("x")), (mentor("a"), mentee("x", avoid=frozenset({"a"})))
    private = left(problem(*shy), "x")
    assert private == left(problem(*people, history=[PastPair("a", "x")]), "x")
    assert private == left(problem(*people, forbidden=frozenset({("a", "x")})), "x")


def test_supply_counts_people_scarcest_first() -> None:
    people = [
        mentor("a", shares=("A", "B", "A")),
        mentor("b", shares=("B",)),
        mentor("away", shares=("C",), available=False),
        mentee("x", wants=("C", "A")),
        mentee("y", wants=("C",)),
    ]
    assert solve(problem(*people)).supply == (
        SkillBalance("C", 0, 2),
        SkillBalance("A", 1, 1),
        SkillBalance("B", 2, 0),
    )


def test_large_numbers_are_easy_to_read() -> None:
    crowd = [mentor(f"m{n}", level=5) for n in range(1_002)]
    assert left(problem(*crowd, mentee("x", level=2)), "x").reason == (
        "1,002 mentors offer a wanted skill → none at the right distance in level"
    )
    assert left(problem(*crowd, mentee("x", wants=("SQL",))), "m7").help == (
        "1,002 more mentees who want to learn “AI tools”, at least one level above them, would help: "
        "1,002 people wait for the same."
    )
