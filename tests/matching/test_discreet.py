"""In a discreet problem nobody can tell a private answer from causes that everybody can see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.matching import LeftOut, PastPair, Problem, Rule, Solution, broken_rules, said, solve, why_not
from tests.matching.builders import mentee, mentor, organization, problem

NOT_FREE = "They are not free for a new pairing with each other."
PRIVATE_WORDS = ("reporting line", "should not be paired", "paired before")


def apart(given: Problem, one: str, other: str, cause: str) -> Problem:
    """The same problem, in which something stands between two people."""
    if cause == "met before":
        return replace(given, history=[*given.history, PastPair(one, other)])
    if cause == "ruled out":
        return replace(given, forbidden=given.forbidden | {(one, other)})
    changes: dict[str, dict[str, Any]] = {
        "mentor's manager": {one: {"manager_id": other}},
        "mentee's manager": {other: {"manager_id": one}},
        "manager between": {one: {"manager_id": "boss"}},
        "mentor would rather not": {one: {"avoid": frozenset({other})}},
        "mentee would rather not": {other: {"avoid": frozenset({one})}},
        "both would rather not": {
            one: {"avoid": frozenset({other})},
            other: {"avoid": frozenset({one})},
        },
    }
    people = [replace(person, **changes[cause].get(person.id, {})) for person in given.people]
    boss = mentee("boss", mentee=False, manager_id=other if cause == "manager between" else None)
    return replace(given, people=[*people, boss])


CAUSES = (
    *("met before", "ruled out", "mentor's manager", "mentee's manager", "manager between"),
    *("mentor would rather not", "mentee would rather not", "both would rather not"),
)
every_cause = pytest.mark.parametrize("cause", CAUSES)


def discreet(*people: Any, **changes: Any) -> Problem:
    return problem(*people, discreet=True, **changes)


@every_cause
def test_a_pair_is_refused_in_the_same_words(cause: str) -> None:
    given_problem = apart(discreet(mentor("a"), mentee("x")), "a", "x", cause)
    people = {person.id: person for person in given_problem.people}
    (broken,) = broken_rules(people["a"], people["x"], given_problem)
    assert (broken.rule, said.broken(broken)) == (Rule.APART, NOT_FREE)
    assert why_not(given_problem, "a", "x").words == NOT_FREE


def test_all_causes_at_once_are_told_once_and_other_rules_as_ever() -> None:
    given_problem = discreet(mentor("a", level=5), mentee("x"))
    for cause in ("met before", "mentor's manager", "both would rather not"):
        given_problem = apart(given_problem, "a", "x", cause)
        given_problem = replace(
            given_problem, people=[one for one in given_problem.people if one.id != "boss"]
        )
    people = {person.id: person for person in given_problem.people}
    assert [said.broken(broken) for broken in broken_rules(people["a"], people["x"], given_problem)] == [
        "The mentee has to be at least one level above the mentor.",
        NOT_FREE,
    ]


@every_cause
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_who_is_left_out_reads_as_if_all_were_taken(cause: str, side: str) -> None:
    """Two candidates, one of them apart, the other taken by somebody who waited: as if both were taken."""
    one, other = (mentor, mentee) if side == "mentor" else (mentee, mentor)
    rivals = [one("rival", waiting_cycles=1), one("late", waiting_cycles=1)]
    taken = discreet(one("me"), *rivals, other("first"), other("second"))
    private = discreet(one("me"), rivals[0], other("first"), other("second"))
    ids = ("me", "second") if side == "mentor" else ("second", "me")
    # The rival takes the first, because the second has something against nobody but me.
    private = apart(private, *ids, cause)
    private = replace(private, forbidden=private.forbidden | {_way(side, "rival", "second")})
    assert left(private, "me") == left(taken, "me")
    assert left(private, "me").rule is Rule.APART


def _way(side: str, one: str, other: str) -> tuple[str, str]:
    return (one, other) if side == "mentor" else (other, one)


def left(given_problem: Problem, person_id: str) -> LeftOut:
    (found,) = (one for one in solve(given_problem).left_out if one.id == person_id)
    return found


def test_the_steps_are_one() -> None:
    people = [
        mentor("a"),
        mentor("b", manager_id="x"),
        mentor("c"),
        mentee("x"),
        mentee("y", waiting_cycles=1),
    ]
    given_problem = discreet(*people, forbidden=frozenset({("a", "x"), ("a", "y"), ("b", "y")}))
    found = left(given_problem, "x")
    assert (found.id, found.side, found.rule) == ("x", "mentee", Rule.APART)
    assert found.reason == "3 mentors offer a wanted skill → none free for a new pairing"
    assert found.help == "One more mentor who can teach “AI tools” would help."


def test_a_spreadsheet_whose_user_wrote_both_columns_goes_on_saying_it() -> None:
    given_problem = problem(mentor("a", manager_id="x"), mentee("x"))
    assert left(given_problem, "x").reason.endswith("none outside the reporting line")
    assert why_not(given_problem, "a", "x").words == "One of them is in the other's reporting line."


def told(solution: Solution) -> list[str]:
    """Everything that a solution puts into words."""
    return [
        *(f"{pair.mentor_id} {pair.mentee_id} {pair.score} {pair.parts}" for pair in solution.pairs),
        *(f"{one.id} {one.side} {one.reason} {one.help} {one.stop} {one.helps}" for one in solution.left_out),
        *(f"{one.skill} {one.offered} {one.wanted}" for one in solution.supply),
    ]


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.data())
def test_two_worlds_that_differ_in_private_answers_read_alike(seed: int, data: st.DataObject) -> None:
    """A pair of the best result is ruled out, by an answer or openly: if the rest is the same, so is every word."""
    company = [replace(one, manager_id=None) for one in organization(12, seed, skills=4)]
    open_world = discreet(*company, levels=6)
    best = solve(open_world)
    assume(best.pairs)
    pair = data.draw(st.sampled_from(best.pairs))
    private = data.draw(st.sampled_from(("mentor would rather not", "mentee would rather not")))
    ordinary = data.draw(st.sampled_from(("met before", "ruled out")))
    one, other = (apart(open_world, pair.mentor_id, pair.mentee_id, cause) for cause in (private, ordinary))
    one = replace(one, people=[person for person in one.people if person.id != "boss"])
    assert told(solve(one)) == told(solve(other))


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_no_private_words_come_out_of_any_company(seed: int) -> None:
    company = organization(25, seed, skills=5)
    shy = [replace(one, avoid=frozenset({f"p{(n * 7) % 25:04}"})) for n, one in enumerate(company)]
    words = "\n".join(told(solve(discreet(*shy, levels=6))))
    assert not [private for private in PRIVATE_WORDS if private in words]


def test_in_the_same_company_a_spreadsheet_says_it() -> None:
    words = "\n".join(told(solve(problem(*organization(25, 0, skills=5)))))
    assert "reporting line" in words


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(("manager", "list")))
def test_a_line_reads_like_meetings_of_the_same_people(seed: int, kind: str) -> None:
    """Who is somebody's manager, or on their list, against having met those people: the same words."""
    company = [replace(one, manager_id=None) for one in organization(10, seed, skills=3)]
    if kind == "manager":
        private = [replace(one, manager_id="p0000" if one.id != "p0000" else None) for one in company]
    else:
        private = [replace(one, avoid=frozenset({"p0000"} - {one.id})) for one in company]
    met = [PastPair("p0000", one.id) for one in company if one.id != "p0000"]
    # Both ways round have met, too.
    assert told(solve(discreet(*private))) == told(solve(discreet(*company, history=met)))
