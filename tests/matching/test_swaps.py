"""What a swap costs is the truth: the same as solving once more with that pair fixed and the old one forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from benchmarks.matching.organization import ALL_FIT
from benchmarks.matching.organization import organization as benchmark
from mentoring.matching import Problem, Rules, Solution, legal_pairs, solve
from mentoring.matching.pairs.board import Board
from mentoring.matching.search.detours import Detours
from mentoring.matching.swaps import FEW, Swap, swaps
from tests.effort import at_length
from tests.matching.builders import mentee, mentor, organization, problem

CHEAP = range(12)
ALL = range(12, 200)


def program(seed: int) -> Problem:
    """A random program that has seen its proposals; in some, leads approved, declined, fixed or forbade pairs."""
    draw = Random(seed)
    people = organization(draw.randint(8, 40), seed, skills=draw.choice((4, 8, 12)))
    rules = Rules(min_overlap_minutes=draw.choice((0, 60)))
    given = problem(*people, rules=rules)
    some = [(one, other) for one, other, _ in legal_pairs(given)]
    draw.shuffle(some)
    given = replace(
        given,
        fixed=frozenset(some[: draw.choice((0, 1))]),
        forbidden=frozenset(some[1 : draw.choice((1, 4))]),
    )
    first = pairs_of(solve(given))
    approved = frozenset(draw.sample(sorted(first), len(first) // draw.choice((3, 9))))
    return replace(given, taken=approved, keep=first - approved)


def pairs_of(solution: Solution) -> frozenset[tuple[str, str]]:
    return frozenset((pair.mentor_id, pair.mentee_id) for pair in solution.pairs)


def solved_again(given: Problem, old: tuple[str, str], swap: Swap) -> tuple[int, ...]:
    """By how much the whole with that pair is less, found without any of what the swaps use."""
    best = solve(given).proof
    forbidden = given.forbidden | {old}
    other = solve(replace(given, fixed=given.fixed | {swap.pair}, forbidden=forbidden))
    assert not [one for one in other.refused if (one.mentor_id, one.mentee_id) == swap.pair]
    then = other.proof
    return (
        best.served - then.served,
        best.waiting - then.waiting,
        best.pairs - then.pairs,
        best.score - then.score,
    )


def told(swap: Swap) -> tuple[int, ...]:
    return swap.served, swap.waiting, swap.pairs, swap.score


def hold(seed: int) -> int:
    """Every swap of a few pairs of a program tells the truth, and none that costs less is left out."""
    fixed_too, looked = program(seed), 0
    for old in sorted(fixed_too.keep)[:2]:
        found = swaps(fixed_too, old)
        # Whoever swaps a pair takes back the wish to have it.
        given = replace(fixed_too, fixed=fixed_too.fixed - {old})
        for swap in found.every:
            assert told(swap) == solved_again(given, old, swap)
            assert told(swap) >= (0, 0, 0, 0)
            looked += 1
        for side, listed in (("mentor", found.mentors), ("mentee", found.mentees)):
            assert len(listed) <= FEW
            assert [told(one) for one in listed] == sorted(map(told, listed))
            assert {one.pair for one in listed} <= set(others(given, old, side))
        whole = solve(given).proof
        # Without a wish, two best sets may be equally good, and which of them it is from can differ here and there.
        for swap in found.every if old not in fixed_too.fixed else ():
            then = (pairs_of(solve(given)) - set(swap.gone) - {old}) | set(swap.new) | {swap.pair}
            assert whole.pairs - len(then) == swap.pairs
    return looked


def others(given: Problem, old: tuple[str, str], side: str) -> Iterator[tuple[str, str]]:
    """The legal pairs in which somebody else stands on this side."""
    at = 1 if side == "mentor" else 0
    for one, other, _ in legal_pairs(given):
        if (one, other)[at] == old[at] and (one, other) != old:
            yield one, other


@pytest.mark.slow
def test_what_swaps_cost_is_what_a_second_solve_finds() -> None:
    assert sum(map(hold, CHEAP)) > len(CHEAP)


@at_length
@pytest.mark.slow
def test_it_is_so_in_two_hundred_programs() -> None:
    assert sum(map(hold, ALL)) > len(ALL)


def test_the_cheapest_are_listed() -> None:
    """Of all legal partners, none that is left out costs less than the last one listed."""
    given = program(3)
    for old in sorted(given.keep):
        found = swaps(given, old, few=2)
        chosen = pairs_of(solve(given))
        for side, listed in (("mentor", found.mentors), ("mentee", found.mentees)):
            rest = [pair for pair in others(given, old, side) if pair not in chosen]
            costs = sorted(told(one) for one in swaps(given, old, few=len(rest)).every if one.side == side)
            assert [told(one) for one in listed] == costs[:2]


def everybody_fits(people: int) -> tuple[Problem, tuple[str, str]]:
    """A program in which nothing but the level counts, and one of its pairs."""
    given = benchmark(people, **ALL_FIT["all fit"])
    seen = pairs_of(solve(given))
    return replace(given, keep=seen), min(seen)


def test_where_everybody_fits_everybody_swaps_cost_what_a_second_solve_finds() -> None:
    given, old = everybody_fits(40)
    found = swaps(given, old).every
    assert [told(swap) for swap in found] == [solved_again(given, old, swap) for swap in found]
    assert len(found) > FEW


def test_where_everybody_fits_everybody_few_pairs_and_people_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of very many ways that are as good, one to each person counts, and whom no level fits is not asked one by one."""
    given, old = everybody_fits(240)
    steps, shortcuts = Board.steps, Detours._shortcuts
    asked: list[int] = []
    added: list[int] = []

    def noted(board: Board, *of: Any) -> Any:
        asked.append(1)
        return steps(board, *of)

    def counted(detours: Detours, *of: Any) -> Any:
        found = shortcuts(detours, *of)
        added.append(len(found))
        return found

    monkeypatch.setattr(Board, "steps", noted)
    monkeypatch.setattr(Detours, "_shortcuts", counted)
    assert swaps(given, old).every
    assert sum(asked) < 10
    assert 0 < max(added) <= 240


def test_who_loses_their_partner_is_named() -> None:
    ann, bea = mentor("ann"), mentor("bea", shares=("SQL",))
    max_, nora = mentee("max"), mentee("nora", wants=("AI tools", "SQL"))
    given = problem(ann, bea, max_, nora, keep=frozenset({("ann", "max"), ("bea", "nora")}))
    found = swaps(given, ("ann", "max"))
    assert found.mentors == ()
    (swap,) = found.mentees
    assert (swap.pair, swap.served, swap.pairs) == (("ann", "nora"), 2, 1)
    assert (swap.gone, swap.new) == ((("bea", "nora"),), ())
    assert swap.alone == (("bea", "mentor"), ("max", "mentee"))
    assert swap.found == ()


def test_a_pair_that_is_the_best_no_more_can_be_swapped_too() -> None:
    ann, max_, nora = mentor("ann"), mentee("max", wants=("Other",)), mentee("nora")
    found = swaps(problem(ann, max_, nora, keep=frozenset({("ann", "max")})), ("ann", "max"))
    assert [told(swap) for swap in found.mentees] == []  # they are a pair in the best set already
    bea = mentor("bea")
    found = swaps(problem(ann, bea, max_, nora, keep=frozenset({("ann", "max")})), ("ann", "max"))
    assert {swap.pair for swap in found.every} <= {("ann", "nora"), ("bea", "nora")}


def test_somebody_who_is_full_has_no_swaps() -> None:
    ann, max_, nora = mentor("ann"), mentee("max"), mentee("nora")
    given = problem(ann, max_, nora, taken=frozenset({("ann", "nora")}))
    assert swaps(given, ("ann", "max")).every == ()
