"""Many messages of unknown fate as one question: whom leads are asked to ask, and whom not."""

from __future__ import annotations

import pytest

from handlers.views import render
from handlers.views.unconfirmed import NOT_THE_TWO
from mentoring.messages import Kind
from mentoring.troubles import ManyUnconfirmed, Unconfirmed


def asked_about(*kinds: Kind, met: bool = False) -> str:
    ones = tuple(
        Unconfirmed(str(number), "a message", ("U1", "U2"), None, kind=kind, met=met)
        for number, kind in enumerate(kinds, 1)
    )
    return render(ManyUnconfirmed("R", "1", 1, ones)).text


@pytest.mark.parametrize("kind", [Kind.INTRO, Kind.CARD])
def test_the_two_of_a_pair_are_not_asked_about_what_they_may_not_know_of(kind: Kind) -> None:
    assert NOT_THE_TWO in asked_about(kind, Kind.WELCOME)
    assert NOT_THE_TWO not in asked_about(kind, kind, met=True)
    assert "ask a few of those" not in asked_about(Kind.INTRO, Kind.INTRO)


def test_people_are_asked_about_their_own_messages() -> None:
    told = asked_about(Kind.WELCOME, Kind.NUDGE)
    assert "ask a few of those whom they were for" in told
    assert NOT_THE_TWO not in told
