"""How meetings were, in figures: nobody can be made out in them."""

from __future__ import annotations

import pytest

from mentoring.reflections import Reflection, tally

LEARNED, WENT_WELL, SLOW, NOT_FOR_ME = Reflection


def said(**numbers: int) -> list[tuple[str, Reflection]]:
    """So many people for each."""
    each = [(one, numbers.get(one.name.lower(), 0)) for one in Reflection]
    return [(f"U{one.name}{person}", one) for one, number in each for person in range(number)]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({"learned": 4}, {}),
        ({"learned": 5}, {LEARNED: 5, WENT_WELL: 0, SLOW: 0, NOT_FOR_ME: 0}),
        ({"learned": 9, "slow": 1}, {LEARNED: None, WENT_WELL: 0, SLOW: None, NOT_FOR_ME: 0}),
        (
            {"learned": 9, "went_well": 6, "slow": 1},
            {LEARNED: 9, WENT_WELL: None, SLOW: None, NOT_FOR_ME: 0},
        ),
        (
            {"learned": 9, "slow": 1, "not_for_me": 2},
            {LEARNED: 9, WENT_WELL: 0, SLOW: None, NOT_FOR_ME: None},
        ),
    ],
)
def test_figures_hide_what_few_people_said(
    numbers: dict[str, int], shown: dict[Reflection, int | None]
) -> None:
    assert tally(said(**numbers)) == shown


def test_one_person_who_says_it_often_is_one_person() -> None:
    assert tally([("U1", LEARNED)] * 9) == {}
    many = [*said(went_well=6), *[("U1", LEARNED)] * 9]
    assert tally(many)[LEARNED] is None
