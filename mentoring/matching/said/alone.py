"""Why somebody has no partner, in words: a chain of counts, from those who have the skill to the last ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mentoring.matching.model import Rule, Side
from mentoring.matching.reasons import Stop


class _Forms(NamedTuple):
    """The same step said of nobody, of one person and of several."""

    none: str
    one: str
    many: str


_NOBODY_LOOKED_FOR: Mapping[Rule, str] = {
    Rule.GUEST: "This program is not open to guests",
    Rule.LEVEL: "The level is not known",
    Rule.SKILL: "No skill is named yet",
}
_FIRST: Mapping[tuple[Side, bool], _Forms] = {
    ("mentee", False): _Forms(
        "No mentor offers a wanted skill",
        "{count} mentor offers a wanted skill",
        "{count} mentors offer a wanted skill",
    ),
    ("mentee", True): _Forms(
        "No mentor offers a wanted skill or a related one",
        "{count} mentor offers a wanted skill or a related one",
        "{count} mentors offer a wanted skill or a related one",
    ),
    ("mentor", False): _Forms(
        "No mentee wants a skill they share",
        "{count} mentee wants a skill they share",
        "{count} mentees want a skill they share",
    ),
    ("mentor", True): _Forms(
        "No mentee wants a skill they share or a related one",
        "{count} mentee wants a skill they share or a related one",
        "{count} mentees want a skill they share or a related one",
    ),
}
"""The first step: by the side of whoever has no partner, and whether related skills are enough."""


def _step(words: str) -> _Forms:
    return _Forms(f"none {words}", f"{{count}} {words}", f"{{count}} {words}")


_STEPS: Mapping[Rule, _Forms] = {
    Rule.LEVEL: _step("at the right distance in level"),
    Rule.HOURS: _step("with enough working hours in common"),
    Rule.LANGUAGE: _step("with a common language"),
    Rule.DEPARTMENT: _step("known to be in another department"),
    Rule.CHAIN: _step("outside the reporting line"),
    Rule.APART: _step("besides earlier partners and people to avoid"),
    Rule.FULL: _step("with room for another partner"),
}
_NOT_FREE = "none free for a new pairing"
_TAKEN = {1: "that one has another partner", 2: "both have other partners"}
_ALL_TAKEN = "all have other partners"
"""The end of a chain: in an optimal result, all who could be partners have no room left."""


def stop(one: Stop) -> str:
    """Return why somebody has no partner, like "37 mentors offer a wanted skill → 2 with a common language → …"."""
    if not one.counts:
        return _NOBODY_LOOKED_FOR[one.rule]
    (_, first), *others = one.counts
    steps = [_counted(_FIRST[one.side, one.related], first)]
    for rule, count in others:
        hidden = one.discreet and rule is Rule.APART
        steps.append(_NOT_FREE if hidden else _counted(_STEPS[rule], count))
    _, left = one.counts[-1]
    return " → ".join([*steps, _TAKEN.get(left, _ALL_TAKEN)] if left else steps)


def _counted(forms: _Forms, count: int) -> str:
    words = forms.many if count > 1 else forms.one if count else forms.none
    return words.format(count=f"{count:,}")
