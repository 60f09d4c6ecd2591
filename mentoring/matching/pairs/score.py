"""How good a legal pair is: points for each soft preference, with the words for it.

A score runs from 0 to `BEST`. The weights divide `BEST` between the preferences, and each preference earns a
whole number of points within its part. `traits` and `board` compute the same formulas for many pairs at once; with
all numbers whole and `//` rounding down,

    most(part)        = BEST * weight(part) // sum of the four weights
    wish(rank)        = max(1, 60 // rank)                               rank of a wanted skill, from 1
    strength(skill)   = 3 + level if the mentor shares it, else the best level among the related skills that
                        they share, else 0                               level from 1 to 3, see `teaching`
    skill_fit         = most * sum(wish * strength) // (6 * sum(wish))   over the mentee's different wishes
    gap               = most // (1 + |gap - ideal_gap|)                  in levels
    hours_overlap     = most * min(shared, 240) // 240                   in minutes a day
    other_department  = most if both departments are known and differ, else 0

In the literature: additive utility, weighted sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from mentoring.matching.hours import shared_minutes
from mentoring.matching.model import BEST, Participant, Weights
from mentoring.matching.pairs.rules import same_department
from mentoring.matching.pairs.teaching import FULL_STRENGTH, NOTHING_RELATED, Offer, Related, offers
from mentoring.matching.solution import Part
from mentoring.matching.words import choice, duration, joined, plural, quoted

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
    return tuple([part for part in parts if part.words])


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
    wanted = dict.fromkeys(mentee.wants)
    return {skill: _RANK_UNIT // rank or 1 for rank, skill in enumerate(wanted, 1)}


def _skill_part(mentor: Participant, mentee: Participant, related: Related, most: int) -> Part:
    """Score the share of the mentee's wishes that the mentor covers, each counting by its rank and the offer."""
    offered = offers(mentor, related, mentee.wants)
    covered = total = 0
    taught: dict[tuple[str, int], list[str]] = {}
    for rank, (skill, weight) in enumerate(wish_weights(mentee).items(), 1):
        total += weight
        if skill in offered:
            offer = offered[skill]
            covered += weight * offer.strength
            taught.setdefault((offer.shared, offer.level), []).append(_wish(skill, offer, rank))
    named = [_taught(shared, level, wishes) for (shared, level), wishes in taught.items()]
    if len(named) > _NAMED_SKILLS:
        named[_NAMED_SKILLS:] = [f"{len(named) - _NAMED_SKILLS} more"]
    points = most * covered // max(1, FULL_STRENGTH * total)
    return Part("skill_fit", points, f"Teaches {joined(named)}" if named else "")


def _taught(shared: str, level: int, wishes: Sequence[str]) -> str:
    """Return a skill taught in words, once for all wishes that it meets, like "the basics of “SQL” (first choice)"."""
    return f"{'the basics of ' if level == 1 else ''}{quoted(shared)} ({', and '.join(wishes)})"


@lru_cache(_REMEMBERED)
def _wish(skill: str, offer: Offer, rank: int) -> str:
    """Return which wish a skill meets, like "related to “AI tools”, second choice"."""
    return choice(rank) if offer.shared == skill else f"related to {quoted(skill)}, {choice(rank)}"


def _gap(mentor: Participant, mentee: Participant) -> int | None:
    """Return how many levels the mentee is above the mentor, if both levels are known."""
    return None if mentor.level is None or mentee.level is None else mentee.level - mentor.level


@lru_cache(_REMEMBERED)
def _gap_part(gap: int | None, ideal: int, most: int) -> Part:
    """Score the full points at the ideal gap, half of them one level from it, a third two levels from it …"""
    if gap is None:
        return Part("gap", 0, "")
    return Part("gap", most // (1 + abs(gap - ideal)), f"{plural(gap, 'level').capitalize()} apart")


@lru_cache(_REMEMBERED)
def _hours_part(shared: int, most: int) -> Part:
    points = most * min(shared, ENOUGH_MINUTES) // ENOUGH_MINUTES
    if not shared:
        return Part("hours_overlap", points, "No shared working hours")
    if shared % 60:
        return Part("hours_overlap", points, f"{duration(shared)} of shared working time a day")
    hours = shared // 60
    return Part("hours_overlap", points, f"{hours} shared {'hour' if hours == 1 else 'hours'} a day")


@lru_cache(_REMEMBERED)
def _department_part(same: bool | None, most: int) -> Part:
    if same is None:
        return Part("other_department", 0, "")
    return (
        Part("other_department", 0, "Same department")
        if same
        else Part("other_department", most, "Different departments")
    )


@lru_cache(_REMEMBERED)
def _waiting_part(mentor_cycles: int, mentee_cycles: int) -> Part:
    waits = (("mentor", mentor_cycles), ("mentee", mentee_cycles))
    told = [f"the {who} has waited {plural(cycles, 'cycle')}" for who, cycles in waits if cycles]
    return Part("waiting", 0, joined(told).replace("the", "The", 1))
