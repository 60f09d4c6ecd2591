"""How well a mentor can teach a skill: the skill itself or a related one, at the level they gave it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from mentoring.matching.model import Participant

Related: TypeAlias = Mapping[str, frozenset[str]]
"""For a skill that somebody shares, the other skills in which it helps."""

NOTHING_RELATED: Related = MappingProxyType({})

FULL_STRENGTH = 6
"""The strength of an exact skill at the highest level."""

_TOP_LEVEL = 3

LEAST_EXACT = _TOP_LEVEL + 1
"""The strength of an exact skill at the lowest level; related ones stay below."""


_EXPERIENCE = "\0"
"""Begins the name of an experience among skills, as no skill's does."""


def experience(topic: str) -> str:
    """The name under which an experience stands among skills."""
    return f"{_EXPERIENCE}{topic}"


def is_experience(skill: str) -> bool:
    """Whether this stands for an experience."""
    return skill.startswith(_EXPERIENCE)


def wished(mentee: Participant) -> tuple[str, ...]:
    """What a mentee wants, best first: skills, and then the experiences that they ask for."""
    return (*mentee.wants, *map(experience, mentee.asks))


class Offer(NamedTuple):
    """What a mentor brings for a skill: the strength, from 1 to `FULL_STRENGTH`, and the skill they share."""

    strength: int
    shared: str
    level: int


def offers(
    mentor: Participant, related: Related = NOTHING_RELATED, wanted: Container[str] | None = None
) -> dict[str, Offer]:
    """Return what the mentor brings for each skill that they can teach, exactly or by a related skill.

    With `wanted`, other skills are left out.

    An exact skill counts 3 more than its level, so 4, 5 or 6; a related one counts its level, so 1, 2 or 3.
    The strongest offer stands for a skill, the first shared among equals. A skill without a level counts as
    the highest: whoever gives none is taken at their word. An experience counts like the best related skill, which
    makes no pair legal.
    """
    found: dict[str, Offer] = {}
    levels = mentor.share_levels or (_TOP_LEVEL,) * len(mentor.shares)
    for shared, level in zip(mentor.shares, levels, strict=True):
        if wanted is None or shared in wanted:
            _improve(found, shared, _offer(_TOP_LEVEL + level, shared, level))
        for skill in related.get(shared, ()):
            if wanted is None or skill in wanted:
                _improve(found, skill, _offer(level, shared, level))
    for topic in map(experience, mentor.opens):
        if wanted is None or topic in wanted:
            _improve(found, topic, _offer(_TOP_LEVEL, topic, _TOP_LEVEL))
    return found


# Few offers are different, and making one takes longer than finding it.
_offer = lru_cache(4_096)(Offer)


def _improve(found: dict[str, Offer], skill: str, offer: Offer) -> None:
    if skill not in found or offer.strength > found[skill].strength:
        found[skill] = offer
