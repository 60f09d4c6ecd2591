"""The objective's order and what goes around it: fixed, standing and seen pairs, and the edges."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mentoring.matching import MatchingError, Participant, Rule, Rules, Solution, solve
from tests.matching.builders import mentee, mentor, organization, problem


def ids(solution: Solution) -> set[tuple[str, str]]:
    return {(pair.mentor_id, pair.mentee_id) for pair in solution.pairs}


def test_nobody_and_somebody_alone() -> None:
    assert solve(problem()).pairs == ()
    assert solve(problem()).proof.optimal
    alone = solve(problem(mentor("a")))
    assert (alone.pairs, [left.id for left in alone.left_out]) == ((), ["a"])


def test_more_people_served_beats_a_better_score() -> None:
    solution = solve(
        problem(
            mentor("all", shares=("A", "B")),
            mentor("one", shares=("A",), level=4),
            mentee("x", wants=("A",)),
            mentee("y", wants=("B",)),
        )
    )
    assert ids(solution) == {("all", "y"), ("one", "x")}


def test_further_partners_never_cost_somebody_their_only_one() -> None:
    solution = solve(
        problem(
            mentor("a", mentor_capacity=2),
            mentor("b", level=4),
            mentee("x", mentee_capacity=2),
            mentee("y"),
        )
    )
    assert solution.proof.served == 4
    assert solution.proof.pairs == 3


def test_waiting_comes_before_more_pairs_and_score() -> None:
    patient = mentee("patient", waiting_cycles=1, wants=("B", "A"))
    roomy = mentee("roomy", mentee_capacity=2, wants=("A",))
    solution = solve(problem(mentor("a", shares=("A",)), patient, roomy))
    assert ids(solution) == {("a", "patient")}


def test_a_person_can_teach_in_one_pair_and_learn_in_another() -> None:
    middle = Participant("middle", mentor=True, mentee=True, level=3, shares=("B",), wants=("AI tools",))
    solution = solve(problem(mentor("low"), middle, mentee("high", wants=("B",))))
    assert ids(solution) == {("low", "middle"), ("middle", "high")}
    assert solution.proof.served == 4
    assert solution.left_out == ()


def test_fixed_pairs_come_first_and_the_rest_is_solved_around_them() -> None:
    people = (mentor("a"), mentor("b", level=4), mentee("x"), mentee("y", level=7))
    free, fixed = solve(problem(*people)), solve(problem(*people, fixed=frozenset({("b", "x")})))
    assert ids(free) == {("a", "x"), ("b", "y")}
    assert ids(fixed) == {("b", "x"), ("a", "y")}
    assert fixed.proof.pairs == 2
    assert fixed.refused == ()


def test_fixed_pairs_that_break_a_rule_are_refused_with_the_reason() -> None:
    people = (mentor("a"), mentor("b"), mentee("x"), mentee("own", manager_id="b"))
    wished = frozenset({("a", "x"), ("b", "x"), ("b", "own"), ("gone", "x")})
    solution = solve(problem(*people, fixed=wished))
    reasons = {
        (pair.mentor_id, pair.mentee_id): [broken.rule for broken in pair.broken] for pair in solution.refused
    }
    assert reasons == {("b", "own"): [Rule.CHAIN], ("b", "x"): [Rule.FULL], ("gone", "x"): [Rule.ROLE]}
    assert ("a", "x") in ids(solution)


def test_of_fixed_pairs_that_compete_the_first_by_id_stays() -> None:
    mentors = [mentor(f"m{n}") for n in range(9)]
    solution = solve(problem(*mentors, mentee("x"), fixed=frozenset((person.id, "x") for person in mentors)))
    assert ids(solution) == {("m0", "x")}
    assert [pair.mentor_id for pair in solution.refused] == [f"m{n}" for n in range(1, 9)]


def test_a_fixed_pair_that_stands_already_is_nothing_new() -> None:
    pair = frozenset({("a", "x")})
    solution = solve(problem(mentor("a"), mentee("x"), fixed=pair, taken=pair))
    assert (solution.pairs, solution.refused, solution.left_out) == ((), (), ())
    assert solution.proof.served == 2


def test_people_with_a_standing_pair_are_served_and_wait_behind_the_others() -> None:
    people = (
        mentor("a", mentor_capacity=2),
        mentor("b", level=4),
        mentee("x"),
        mentee("y", waiting_cycles=9),
    )
    solution = solve(problem(*people, mentee("z"), taken=frozenset({("a", "z"), ("gone", "nobody")})))
    assert ids(solution) == {("a", "x"), ("b", "y")} or ids(solution) == {("a", "y"), ("b", "x")}
    assert solution.proof.served == 5


def test_among_equals_the_pairs_that_were_seen_stay() -> None:
    people = (mentor("a"), mentor("b"), mentee("x"), mentee("y"))
    for seen in ({("a", "x"), ("b", "y")}, {("a", "y"), ("b", "x")}):
        solution = solve(problem(*people, keep=frozenset(seen)))
        assert ids(solution) == seen
        assert solution.proof.kept == 2


def test_pairs_come_in_the_order_of_their_ids_with_their_parts() -> None:
    solution = solve(problem(mentor("b"), mentor("a", level=4), mentee("x"), mentee("w")))
    assert [pair.mentee_id for pair in solution.pairs] == ["w", "x"]
    assert all(pair.score == sum(part.points for part in pair.parts) for pair in solution.pairs)


def test_bad_input_is_refused_in_words() -> None:
    with pytest.raises(MatchingError, match="a is given more than once"):
        problem(mentor("a"), mentee("a"))
    with pytest.raises(MatchingError, match="The working hours of a do not make a day"):
        mentor("a", hours=(600, 600))
    with pytest.raises(MatchingError, match="The working hours of a do not make a day"):
        mentor("a", hours=(0, 1441))
    with pytest.raises(MatchingError, match="The level of a has to be from 1 to 1,000, and is 0"):
        mentor("a", level=0)
    with pytest.raises(MatchingError, match="The number of mentees that a can take"):
        mentor("a", mentor_capacity=-1)
    with pytest.raises(MatchingError, match="The smallest level gap"):
        Rules(min_gap=0)
    with pytest.raises(MatchingError, match="The largest level gap has to be from 3"):
        Rules(min_gap=3, max_gap=2)
    with pytest.raises(MatchingError, match="cannot be negative"):
        Rules(repeat_window_cycles=-1)


def test_a_large_program_is_solved_in_stages_and_proven() -> None:
    people = organization(1500, 3, skills=100)
    before = solve(problem(*people))
    again = solve(problem(*people, keep=frozenset(ids(before))))
    assert again.proof.optimal
    assert again.proof.stages >= 2
    assert ids(again) == ids(before)


def test_the_package_loads_without_the_heavy_libraries() -> None:
    code = "import sys, mentoring.matching; print({'numpy', 'pylmcf', 'rapidfuzz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
