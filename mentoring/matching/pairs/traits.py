"""What rules and scores ask about people but for their skills: level, working hours, languages and department.

The same rules as in `rules` and the same formulas as in `score`, for one person against many. Loads numpy: import
it late.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.model import MINUTES_A_DAY, Rule, Rules, Side, Weights
from mentoring.matching.pairs.score import ENOUGH_MINUTES, most_points


@dataclass
class Traits:
    """People on one side, a row a person: working days as start in UTC and length in minutes, one bit a language.

    Departments are numbered, -1 where none is known. `lowest` and `highest` differ from `level`, and `also_department`
    from `department`, where two sources disagree. Whoever is alike in every trait is in one class, so a trait that
    stands here is part of that by itself.
    """

    side: Side
    department: Ints
    level: Ints
    languages: NDArray[np.uint64]
    length: Ints
    starts: Ints
    lowest: Ints
    highest: Ints
    also_department: Ints

    def of(self, rows: Ints) -> Traits:
        """Return the traits of some of the people."""
        return Traits(self.side, *[getattr(self, name)[rows] for name in _names()])

    def columns(self, without: Collection[str] = ()) -> list[Ints]:
        """Return all traits as columns of numbers, a row a person, `without` some; languages take several."""
        kept: list[NDArray[Any]] = [getattr(self, name) for name in _names() if name not in without]
        return [column.astype(np.int64) for traits in kept for column in np.atleast_2d(traits.T)]


_ASKED_BY = {"department": "other_department_only", "also_department": "other_department_only"}
"""Traits about which a rule asks only while it is on, with its name in `Rules`; about all others, one always asks."""


def _names() -> list[str]:
    return [one.name for one in fields(Traits) if one.name != "side"]


Filter: TypeAlias = Callable[[Traits, int, Traits, Ints], Bools]
"""Which of the others, by row, a person may be paired with: own traits, own row, the others' traits, their rows."""


def class_filters(rules: Rules) -> list[tuple[Rule, Filter]]:
    """Return the rules that ask nothing about a person but what their whole class has in common."""
    filters: list[tuple[Rule, Filter]] = [
        (Rule.LEVEL, partial(_level, rules)),
        (Rule.HOURS, partial(share_hours, rules)),
        (Rule.LANGUAGE, share_language),
    ]
    if rules.other_department_only:
        filters.append((Rule.DEPARTMENT, _surely_other_department))
    return filters


def unasked(rules: Rules) -> tuple[str, ...]:
    """Return the traits about which no rule asks, so that people may differ in them and be alike all the same."""
    return tuple(name for name, switch in _ASKED_BY.items() if not getattr(rules, switch))


def fits(rules: Rules, own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    """Return whether the rules about classes let a person be paired with each of the others."""
    allowed = [possible(own, row, others, found) for _, possible in class_filters(rules)]
    result: Bools = np.all(allowed, axis=0)
    return result


def points(weights: Weights, own: Traits, row: int, others: Traits, found: Ints) -> Ints:
    """Return what a person's pairs with the others score for everything but skills."""
    most = most_points(weights)
    apart = np.abs(_gap(own, row, others, found) - weights.ideal_gap)
    shared = np.minimum(shared_minutes_with(own, row, others, found), ENOUGH_MINUTES)
    result: Ints = most["gap"] // (1 + apart) + most["hours_overlap"] * shared // ENOUGH_MINUTES
    result += most["other_department"] * _other_department(own, row, others, found)
    return result


def _level(rules: Rules, own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    if own.side == "mentee":
        least = own.lowest[row] - others.highest[found]
        most = own.highest[row] - others.lowest[found]
    else:
        least = others.lowest[found] - own.highest[row]
        most = others.highest[found] - own.lowest[row]
    allowed: Bools = (least >= rules.min_gap) & (most <= (np.inf if rules.max_gap is None else rules.max_gap))
    return allowed


def share_hours(rules: Rules, own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    """Return whether a person shares enough working time with each of the others."""
    return shared_minutes_with(own, row, others, found) >= rules.min_overlap_minutes


def _gap(own: Traits, row: int, others: Traits, found: Ints) -> Ints:
    """Return how many levels the mentee is above the mentor."""
    gap: Ints = own.level[row] - others.level[found]
    return gap if own.side == "mentee" else -gap


def shared_minutes_with(own: Traits, row: int, others: Traits, found: Ints) -> Ints:
    """Return the minutes of working time shared a day; the formula of `hours.overlap`."""
    start, end = own.starts[row], own.starts[row] + own.length[row]
    starts, ends = others.starts[found], others.starts[found] + others.length[found]
    shared = np.zeros(len(found), np.int64)
    for moved in (-MINUTES_A_DAY, 0, MINUTES_A_DAY):
        shared += np.maximum(0, np.minimum(end, ends + moved) - np.maximum(start, starts + moved))
    return shared


def share_language(own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    """Return whether a person has a language in common with each of the others."""
    common: Bools = np.any(others.languages[found] & own.languages[row], axis=1)
    return common


def _surely_other_department(own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    """Return who is in another department whichever source is right, on both sides."""
    other = _other_department(own, row, others, found)
    for one in {int(own.department[row]), int(own.also_department[row])}:
        other &= (others.department[found] != one) & (others.also_department[found] != one)
    return other


def _other_department(own: Traits, row: int, others: Traits, found: Ints) -> Bools:
    department, departments = own.department[row], others.department[found]
    other: Bools = (department >= 0) & (departments >= 0) & (departments != department)
    return other
