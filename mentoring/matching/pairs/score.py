"""How good a legal pair is: points for each soft preference, with the reason for them.

A score runs from 0 to `BEST`. The weights divide `BEST` between the preferences, and each preference earns a
whole number of points within its part. `traits` and `board` compute the same formulas for many pairs at once; with
all numbers whole and `//` rounding down,

    most(part)        = BEST * weight(part) // sum of the four weights
    wish(rank)        = max(1, 60 // rank)                               rank of a wanted skill, from 1; experiences
                        that the mentee asks for follow as the last wishes
    strength(skill)   = 3 + level if the mentor shares it, else the best level among the related skills that
                        they share, else 0                               level from 1 to 3, see `teaching`;
                        3 for an experience that the mentor opened
    skill_fit         = most * sum(wish * strength) // (6 * sum(wish))   over the mentee's different wishes
    gap               = most // (1 + |gap - ideal_gap|)                  in levels
    hours_overlap     = most * min(shared, 240) // 240                   in minutes a day
    other_department  = most if both departments are known and differ, else 0

In the literature: additive utility, weighted sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from mentoring.matching.hours import shared_minutes
from mentoring.matching.model import BEST, Participant, Weights
from mentoring.matching.pairs.rules import same_department
from mentoring.matching.pairs.teaching import (
    FULL_STRENGTH,
    NOTHING_RELATED,
    Related,
    is_experience,
    offers,
    wished,
)
from mentoring.matching.reasons import Departments, LevelsApart, SharedTime, Taught, Teaches, Waited, Wish
from mentoring.matching.solution import Part

ENOUGH_MINUTES = 240
"""With this much shared working time a day, more is no better: partners meet for an hour or so a week."""

_RANK_UNIT = 60
_NAMED_SKILLS = 3

_REMEMBERED = 4_096
"""How many parts of each kind are kept at hand: few are different, so that many pairs have the same ones."""


def score_parts(
    mentor: Participant,
    mentee: Participant,
    weights: Weights,
    on: date,
    related: Related = NOTHING_RELATED,
) -> tuple[Part, ...]:
    """Return the parts of a legal pair's score, with working hours compared on the Monday `on`.

    Parts with nothing to say are left out; waiting time is said but scores nothing, because it comes before
    the score in the objective.
    """
    most = most_points(weights)
    parts = (
        _skill_part(mentor, mentee, related, most["skill_fit"]),
        _gap_part(_gap(mentor, mentee), weights.ideal_gap, most["gap"]),
        _hours_part(shared_minutes(mentor, mentee, on), most["hours_overlap"]),
        _department_part(same_department(mentor, mentee), most["other_department"]),
        _waiting_part(mentor.waiting_cycles, mentee.waiting_cycles),
    )
    return tuple([part for part in parts if part])


@lru_cache
def most_points(weights: Weights) -> Mapping[str, int]:
    """Return the most points that each preference can earn; together at most `BEST`."""
    shares = {
        "skill_fit": weights.skill_fit,
        "gap": weights.gap,
        "hours_overlap": weights.hours_overlap,
        "other_department": weights.other_department,
    }
    total = sum(shares.values()) or 1
    return MappingProxyType({name: BEST * share // total for name, share in shares.items()})


def wish_weights(mentee: Participant) -> Mapping[str, int]:
    """Return how much each wanted skill counts, best first: the second half as much, the third a third …"""
    wanted = dict.fromkeys(wished(mentee))
    return {skill: _RANK_UNIT // rank or 1 for rank, skill in enumerate(wanted, 1)}


def _skill_part(mentor: Participant, mentee: Participant, related: Related, most: int) -> Part | None:
    """Score the share of the mentee's wishes that the mentor covers, each counting by its rank and the offer."""
    offered = offers(mentor, related, wished(mentee))
    covered = total = 0
    taught: dict[tuple[str, int], list[Wish]] = {}
    for rank, (skill, weight) in enumerate(wish_weights(mentee).items(), 1):
        total += weight
        if skill in offered:
            offer = offered[skill]
            covered += weight * offer.strength
            if not is_experience(skill):  # nobody is told by a reason what somebody opened or asked for
                taught.setdefault((offer.shared, offer.level), []).append(_wish(skill, rank))
    if not taught:
        return None
    named = [Taught(shared, tuple(wishes), level == 1) for (shared, level), wishes in taught.items()]
    more = max(0, len(named) - _NAMED_SKILLS)
    points = most * covered // max(1, FULL_STRENGTH * total)
    return Part("skill_fit", points, Teaches(tuple(named[:_NAMED_SKILLS]), more))


_wish = lru_cache(_REMEMBERED)(Wish)
"""Most wishes are many people's."""


def _gap(mentor: Participant, mentee: Participant) -> int | None:
    """Return how many levels the mentee is above the mentor, if both levels are known."""
    return None if mentor.level is None or mentee.level is None else mentee.level - mentor.level


@lru_cache(_REMEMBERED)
def _gap_part(gap: int | None, ideal: int, most: int) -> Part | None:
    """Score the full points at the ideal gap, half of them one level from it, a third two levels from it …"""
    return None if gap is None else Part("gap", most // (1 + abs(gap - ideal)), LevelsApart(gap))


@lru_cache(_REMEMBERED)
def _hours_part(shared: int, most: int) -> Part:
    return Part("hours_overlap", most * min(shared, ENOUGH_MINUTES) // ENOUGH_MINUTES, SharedTime(shared))


@lru_cache(_REMEMBERED)
def _department_part(same: bool | None, most: int) -> Part | None:
    return None if same is None else Part("other_department", 0 if same else most, Departments(same))


@lru_cache(_REMEMBERED)
def _waiting_part(mentor_cycles: int, mentee_cycles: int) -> Part | None:
    return (
        Part("waiting", 0, Waited(mentor_cycles, mentee_cycles)) if mentor_cycles or mentee_cycles else None
    )
