"""How good a legal pair is: points for each soft preference, with the words for it.

A score runs from 0 to `BEST`. The weights divide `BEST` between the preferences, and each preference earns a
whole number of points within its part. `candidates` computes the same formulas for many pairs at once; with
all numbers whole and `//` rounding down,

    most(part)        = BEST * weight(part) // sum of the four weights
    wish(rank)        = max(1, 60 // rank)                               rank of a wanted skill, from 1
    strength(skill)   = 3 + level if the mentor shares it, else the best level among the related skills that
                        they share, else 0                               level from 1 to 3, see `teaching`
    skill_fit         = most * sum(wish * strength) // (6 * sum(wish))   over the mentee's different wishes
    gap               = most // (1 + |gap - ideal_gap|)                  in levels
    hours_overlap     = most * min(shared, 240) // 240                   in minutes a day
    other_department  = most if both departments are known and differ, else 0
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentoring.matching.hours import shared_minutes
from mentoring.matching.model import Part, Participant, Weights
from mentoring.matching.rules import same_department
from mentoring.matching.teaching import FULL_STRENGTH, NOTHING_RELATED, Offer, Related, offers
from mentoring.matching.words import choice, duration, joined, plural, quoted

BEST = 10_000
ENOUGH_MINUTES = 240
"""With this much shared working time a day, more is no better: partners meet for an hour or so a week."""

_RANK_UNIT = 60
_NAMED_SKILLS = 3


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
        _skill_part(offers(mentor, related), mentee, most["skill_fit"]),
        _gap_part(mentor, mentee, weights.ideal_gap, most["gap"]),
        _hours_part(shared_minutes(mentor, mentee, on), most["hours_overlap"]),
        _department_part(mentor, mentee, most["other_department"]),
        _waiting_part(mentor, mentee),
    )
    return tuple(part for part in parts if part.words)


def most_points(weights: Weights) -> dict[str, int]:
    """Return the most points that each preference can earn; together at most `BEST`."""
    shares = {
        "skill_fit": weights.skill_fit,
        "gap": weights.gap,
        "hours_overlap": weights.hours_overlap,
        "other_department": weights.other_department,
    }
    total = sum(shares.values()) or 1
    return {name: BEST * share // total for name, share in shares.items()}


def wish_weights(mentee: Participant) -> Mapping[str, int]:
    """Return how much each wanted skill counts, best first: the second half as much, the third a third …"""
    wanted = dict.fromkeys(mentee.wants)
    return {skill: max(1, _RANK_UNIT // rank) for rank, skill in enumerate(wanted, 1)}


def _skill_part(offered: Mapping[str, Offer], mentee: Participant, most: int) -> Part:
    """Score the share of the mentee's wishes that the mentor covers, each counting by its rank and the offer."""
    wishes = wish_weights(mentee)
    ranks = {skill: rank for rank, skill in enumerate(wishes, 1) if skill in offered}
    covered = sum(wishes[skill] * offered[skill].strength for skill in ranks)
    points = most * covered // max(1, FULL_STRENGTH * sum(wishes.values()))
    named = [_taught(skill, offered[skill], rank) for skill, rank in list(ranks.items())[:_NAMED_SKILLS]]
    more = len(ranks) - len(named)
    words = f"Teaches {joined([*named, f'{more} more'] if more else named)}" if named else ""
    return Part("skill_fit", points, words)


def _taught(skill: str, offer: Offer, rank: int) -> str:
    """Return a skill taught in words, like "the basics of “AI tools” (first choice)"."""
    what = f"{'the basics of ' if offer.level == 1 else ''}{quoted(offer.shared)}"
    if offer.shared == skill:
        return f"{what} ({choice(rank)})"
    return f"{what} (related to {quoted(skill)}, {choice(rank)})"


def _gap_part(mentor: Participant, mentee: Participant, ideal: int, most: int) -> Part:
    """Score the full points at the ideal gap, half of them one level from it, a third two levels from it …"""
    if mentor.level is None or mentee.level is None:
        return Part("gap", 0, "")
    gap = mentee.level - mentor.level
    return Part("gap", most // (1 + abs(gap - ideal)), f"{plural(gap, 'level').capitalize()} apart")


def _hours_part(shared: int, most: int) -> Part:
    points = most * min(shared, ENOUGH_MINUTES) // ENOUGH_MINUTES
    if not shared:
        return Part("hours_overlap", points, "No shared working hours")
    if shared % 60:
        return Part("hours_overlap", points, f"{duration(shared)} of shared working time a day")
    hours = shared // 60
    return Part("hours_overlap", points, f"{hours} shared {'hour' if hours == 1 else 'hours'} a day")


def _department_part(mentor: Participant, mentee: Participant, most: int) -> Part:
    same = same_department(mentor, mentee)
    if same is None:
        return Part("other_department", 0, "")
    return (
        Part("other_department", 0, "Same department")
        if same
        else Part("other_department", most, "Different departments")
    )


def _waiting_part(mentor: Participant, mentee: Participant) -> Part:
    waits = (("mentor", mentor.waiting_cycles), ("mentee", mentee.waiting_cycles))
    told = [f"the {who} has waited {plural(cycles, 'cycle')}" for who, cycles in waits if cycles]
    return Part("waiting", 0, joined(told).replace("the", "The", 1))
