"""Two other ways to find the best set of pairs, to compare with: every subset, and CP-SAT tier by tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from mentoring.matching import PairIds, Problem, broken_rules, score_parts
from mentoring.matching.pairs.context import Context

pytest.importorskip("ortools", reason="OR-Tools has no wheels for this Python")

from ortools.sat.python import cp_model

Reached = tuple[int, int, int, int, int]


def legal_pairs(problem: Problem) -> list[PairIds]:
    """Return every pair that breaks no rule, by asking the rules about each."""
    context = Context(problem)
    return [
        (mentor.id, mentee.id)
        for mentor in problem.people
        for mentee in problem.people
        if not broken_rules(mentor, mentee, context)
    ]


def score(problem: Problem, pair: PairIds) -> int:
    """Return a pair's score from its parts."""
    people = {person.id: person for person in problem.people}
    parts = score_parts(people[pair[0]], people[pair[1]], problem.weights, problem.on, problem.related)
    return sum(part.points for part in parts)


def best_by_trying_all(problem: Problem) -> Reached:
    """Return what the best of all subsets of legal pairs reaches, the pairs that stand counted as served."""
    legal = legal_pairs(problem)
    scores = {pair: score(problem, pair) for pair in legal}
    return max(_reached(problem, subset, scores) for subset in _subsets(problem, legal))


def _subsets(problem: Problem, legal: list[PairIds]) -> Iterator[list[PairIds]]:
    subsets: list[list[PairIds]] = [[]]
    for pair in legal:
        subsets += [[*subset, pair] for subset in subsets if _fits(problem, [*subset, pair])]
    yield from subsets


def _fits(problem: Problem, subset: list[PairIds]) -> bool:
    people = {person.id: person for person in problem.people}
    mentor_id, mentee_id = subset[-1]
    pairs = [*problem.taken, *subset]
    mentees = sum(one == mentor_id for one, _ in pairs)
    mentors = sum(other == mentee_id for _, other in pairs)
    return mentees <= people[mentor_id].mentor_capacity and mentors <= people[mentee_id].mentee_capacity


def _reached(problem: Problem, subset: list[PairIds], scores: dict[PairIds, int]) -> Reached:
    waiting = {person.id: person.waiting_cycles for person in problem.people}
    everyone = {*subset, *problem.taken}
    served = [
        person_id
        for ids in ({one for one, _ in everyone}, {other for _, other in everyone})
        for person_id in ids
    ]
    known = [person_id for person_id in served if person_id in waiting]
    return (
        len(known),
        sum(waiting[person_id] for person_id in known),
        len(subset),
        sum(scores[pair] for pair in subset),
        len(set(subset) & problem.keep),
    )


def best_by_constraints(problem: Problem) -> Reached:
    """Return what CP-SAT reaches tier by tier; pairs that stand are not supported here."""
    legal = legal_pairs(problem)
    model = cp_model.CpModel()
    chosen = {pair: model.new_bool_var(f"{pair}") for pair in legal}
    served = _served(model, problem, chosen)
    waiting = {person.id: person.waiting_cycles for person in problem.people}
    tiers = (
        sum(served.values()),
        sum(waiting[person_id] * var for (_, person_id), var in served.items()),
        sum(chosen.values()),
        sum(score(problem, pair) * var for pair, var in chosen.items()),
        sum(var for pair, var in chosen.items() if pair in problem.keep),
    )
    first, second, third, fourth, fifth = (_maximum(model, tier) for tier in tiers)
    return first, second, third, fourth, fifth


def _served(
    model: cp_model.CpModel, problem: Problem, chosen: dict[PairIds, cp_model.IntVar]
) -> dict[tuple[int, str], cp_model.IntVar]:
    """Limit each person's pairs in each role, and say when there is one."""
    served = {}
    for side, person_id in sorted(Counter((side, pair[side]) for pair in chosen for side in (0, 1))):
        person = next(person for person in problem.people if person.id == person_id)
        own = sum(var for pair, var in chosen.items() if pair[side] == person_id)
        model.add(own <= (person.mentee_capacity if side else person.mentor_capacity))
        served[side, person_id] = model.new_bool_var(f"served {side} {person_id}")
        model.add(own >= served[side, person_id])
    return served


def _maximum(model: cp_model.CpModel, tier: cp_model.LinearExprT) -> int:
    """Return the most that a tier can be, and hold the model to it."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    model.maximize(tier)
    assert solver.solve(model) == cp_model.OPTIMAL
    best = round(solver.objective_value)
    model.add(tier == best)
    return best
