"""What others are given, how their answers are read, and what they are found to be worth."""

from __future__ import annotations

import json
import random

import pytest

from benchmarks.matching import peer
from benchmarks.matching.organization import organization
from benchmarks.matching.peers import (
    LIMIT,
    Answer,
    PeerFailed,
    Trial,
    broken,
    parsed,
    score,
    second_cycle,
    worth_a_try,
)
from mentoring.matching import Context, Rule, legal_pairs, solve
from tests.matching.builders import mentee, mentor, problem

MENTORS, MENTEES = ["ann", "bob"], ["cleo", "dan"]


def answer(pairs: object, seconds: object = 1.5) -> str:
    return json.dumps({"pairs": pairs, "seconds": seconds, "peak": 30})


def test_an_answer_names_people_by_their_places() -> None:
    assert parsed(answer([[0, 1], [1, 0]]), MENTORS, MENTEES) == Answer(
        [("ann", "dan"), ("bob", "cleo")], 1.5, 30.0
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Killed",
        "[]",
        '{"pairs": []}',
        answer([[0]]),
        answer([[0, 2]]),
        answer([[-1, 0]]),
        answer([["a", 0]]),
        answer([[0, 0]], "soon"),
        answer([[0, 0]], None),
        answer(7),
    ],
)
def test_anything_else_is_no_answer(text: str) -> None:
    with pytest.raises(PeerFailed, match="no answer"):
        parsed(text, MENTORS, MENTEES)


@pytest.fixture(scope="module")
def trial() -> Trial:
    found = Trial(second_cycle(200))
    found.best = solve(found.problem).proof.score
    return found


def test_the_best_pairs_are_worth_the_optimum(trial: Trial) -> None:
    solution = solve(trial.problem)
    pairs = [(pair.mentor_id, pair.mentee_id) for pair in solution.pairs]
    judged = trial.judged("ours", Answer(pairs, 2.0, 40.0))
    assert (judged.served, judged.pairs, judged.share, judged.broken) == (
        solution.proof.served,
        len(pairs),
        1.0,
        0,
    )
    assert (judged.people, judged.method, judged.seconds, judged.peak) == (200, "ours", 2.0, 40.0)


def test_pairs_that_break_a_rule_serve_nobody_and_score_nothing(trial: Trial) -> None:
    past = trial.problem.history[0].mentor_id, trial.problem.history[0].mentee_id
    legal = next(pair for *pair, _ in legal_pairs(trial.problem) if not {*pair} & {*past})
    judged = trial.judged("mixed", Answer([(legal[0], legal[1]), past], 1.0, 1.0))
    assert (judged.pairs, judged.served, judged.broken) == (2, 2, 1)
    assert judged.share == score(trial.context, (legal[0], legal[1])) / trial.best


def test_the_score_is_that_of_the_list(trial: Trial) -> None:
    for one, other, points in random.Random(1).sample(list(legal_pairs(trial.problem)), 40):
        assert score(trial.context, (one, other)) == points


def test_every_broken_rule_is_counted() -> None:
    people = mentor("ann"), mentee("cleo"), mentee("dan", level=1, wants=("chess",))
    context = Context(problem(*people))
    assert broken(context, [("ann", "cleo")]) == {}
    assert broken(context, [("ann", "dan")]) == {Rule.LEVEL: 1, Rule.SKILL: 1}
    assert broken(context, [("cleo", "dan")]) == {Rule.ROLE: 1, Rule.LEVEL: 1, Rule.SKILL: 1}


def test_more_partners_than_room_break_a_rule_too() -> None:
    context = Context(problem(mentor("ann"), mentor("bob", mentor_capacity=2), mentee("cleo"), mentee("dan")))
    assert broken(context, [("ann", "cleo"), ("bob", "dan")]) == {}
    assert broken(context, [("ann", "cleo"), ("ann", "dan")]) == {Rule.FULL: 1}
    assert broken(context, [("ann", "cleo"), ("bob", "cleo"), ("bob", "dan")]) == {Rule.FULL: 1}
    assert broken(context, [("ann", "cleo")] * 2) == {Rule.STANDING: 1, Rule.FULL: 2}


def test_the_second_cycle_has_the_first_behind_it() -> None:
    problem = second_cycle(100)
    assert problem.history
    assert not any(person.waiting_cycles for person in problem.people)
    met = {(past.mentor_id, past.mentee_id) for past in problem.history}
    assert not met & {(pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs}


def test_what_is_given_is_the_problem(trial: Trial) -> None:
    ids = [person.id for person in trial.problem.people]
    given = trial.given
    assert [ids[number] for number in given["mentors"]] == trial.mentors
    assert [ids[number] for number in given["mentees"]] == trial.mentees
    listed = [(trial.mentors[m], trial.mentees[n], points) for m, n, points in given["pairs"].tolist()]
    assert sorted(listed) == sorted(legal_pairs(trial.problem))
    history = {(past.mentor_id, past.mentee_id) for past in trial.problem.history}
    assert {(ids[one], ids[other]) for one, other in given["history"]} == history


def test_greedy_takes_the_best_pairs_that_are_free(trial: Trial) -> None:
    chosen = peer.greedy(trial.given)
    scores = {(m, n): points for m, n, points in trial.given["pairs"].tolist()}
    mentors, mentees = {m for m, _ in chosen}, {n for _, n in chosen}
    assert len(mentors) == len(mentees) == len(chosen)
    taken = [scores[pair] for pair in chosen]
    assert taken == sorted(taken, reverse=True)
    assert taken[0] == max(scores.values())
    # Nobody is left who could have had each other.
    assert all(m in mentors or n in mentees for m, n in scores)


def test_chance_knows_only_roles_and_history(trial: Trial) -> None:
    chosen = peer.random_with_history(trial.given)
    assert len({m for m, _ in chosen}) == len({n for _, n in chosen}) == len(chosen)
    assert len(chosen) == min(len(trial.mentors), len(trial.mentees))
    pairs = [(trial.mentors[m], trial.mentees[n]) for m, n in chosen]
    faults = broken(trial.context, pairs)
    assert faults[Rule.SKILL] > 0
    assert faults.keys() & {Rule.SELF, Rule.REPEAT, Rule.FULL, Rule.STANDING, Rule.ROLE} == set()


def test_a_method_is_given_up_when_it_cannot_make_it() -> None:
    assert worth_a_try(50, 50, 0.0)
    assert worth_a_try(2_000, 1_000, LIMIT / 4)
    assert not worth_a_try(2_000, 1_000, LIMIT / 3)
    assert not worth_a_try(2_000, 1_000, float("inf"))


def test_an_organization_is_the_same_every_time() -> None:
    assert organization(80) == organization(80)
    assert organization(80) != organization(80, seed=2)
