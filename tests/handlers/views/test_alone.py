"""Each reason for having no partner is put into words on each side it can happen on, with a next step."""

from __future__ import annotations

import pytest

from handlers.views import render
from mentoring.cycles import Unserved, Why
from mentoring.messages import NoPartner
from tests.handlers.views.checks import assert_good_message
from tests.handlers.views.samples import WHEN

SIDES = ("mentee", "mentor")
ON_A_SIDE = (Why.NO_SKILL, Why.LADDER, Why.SKILL, Why.LEVEL, Why.HOURS, Why.LANGUAGE, Why.DEPARTMENT)


def text(*sides: Unserved, both: bool = False, leads: tuple[str, ...] = ("U8", "U9")) -> str:
    message = render(NoPartner("R", 1, WHEN, True, sides, leads, both))
    assert_good_message(message)
    return message.text


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("side", [*SIDES, ""])
@pytest.mark.parametrize("both", [False, True])
def test_every_reason_has_a_next_step(why: Why, side: str, both: bool) -> None:
    words = text(Unserved(side, why), both=both)
    assert words.startswith(
        "We did not find a partner for you in cycle 1 of *R*. That says nothing about you."
    )
    step = (
        "<@U8> and <@U9>"
        if why is Why.GUEST
        else "Whoever has waited goes first. The next introductions are on"
    )
    assert step in words


@pytest.mark.parametrize("why", ON_A_SIDE)
def test_reasons_on_a_side_say_why_and_what_helps_and_differ_by_the_side(why: Why) -> None:
    words = [text(Unserved(side, why)) for side in SIDES]
    assert all("*What helps:* " in one for one in words)
    assert len(set(words)) == len(SIDES)


def test_all_reasons_read_differently() -> None:
    words = [text(Unserved("mentee", why)) for why in Why]
    assert len(set(words)) == len(words)


def test_a_guest_in_a_program_without_leads_is_not_sent_to_nobody() -> None:
    assert "ask" not in text(Unserved("", Why.GUEST), leads=())
