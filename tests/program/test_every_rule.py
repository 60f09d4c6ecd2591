"""What has to be decided about each hard rule of the matching: who hears of it, and whether leads may set it aside."""

from __future__ import annotations

import pytest

from mentoring.matching import Rule
from program import alone, by_hand, fits

FIRM = {
    *(Rule.SELF, Rule.ROLE, Rule.AWAY, Rule.GUEST, Rule.LEVEL),
    *(Rule.CHAIN, Rule.APART, Rule.STANDING),
}
"""No lead can pair two people against these; of levels, the direction."""

NOT_TOLD_AFTERWARDS = {
    *(Rule.SELF, Rule.ROLE, Rule.AWAY, Rule.SKILL, Rule.CHAIN, Rule.APART, Rule.REPEAT),
    *(Rule.STANDING, Rule.FULL),
}
"""When a pair that goes on breaks one of these by now, leads hear nothing."""

NOBODY_FREE = {
    *(Rule.SELF, Rule.ROLE, Rule.AWAY, Rule.CHAIN, Rule.APART, Rule.REPEAT),
    *(Rule.STANDING, Rule.FULL),
}
"""Whom one of these leaves without a partner reads that nobody is free."""


@pytest.mark.parametrize(
    ("some", "others"),
    [
        (by_hand.BENDABLE, FIRM),
        (fits.ASKED_ABOUT, NOT_TOLD_AFTERWARDS),
        (alone.WHY, NOBODY_FREE),
    ],
    ids=["program/by_hand.py: BENDABLE", "program/fits.py: ASKED_ABOUT", "program/alone.py: WHY"],
)
def test_each_rule_is_in_one_of_both(some: frozenset[Rule], others: set[Rule]) -> None:
    assert sorted([*some, *others]) == sorted(Rule)
