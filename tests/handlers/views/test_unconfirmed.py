"""The question about a message of unknown fate: where to look, in every state, and nobody asked who must not know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.views import render
from handlers.views.unconfirmed import what, what_buttons_do, where_to_look
from mentoring.messages import Kind
from mentoring.troubles import Unconfirmed
from tests.handlers.views.checks import assert_good_message

PAIR = ("U1", "U2")
CARD = Unconfirmed("7", "the card of a proposed pair", PAIR, None, "C1", Kind.CARD, 12)
INTRO = Unconfirmed("7", "an introduction", PAIR, None, kind=Kind.INTRO, pair_id=12)
SUMMARY = Unconfirmed("7", "the summary of proposed pairs", (), None, "C1", Kind.SUMMARY)
WELCOME = Unconfirmed("7", "a welcome message", ("U1",), None, kind=Kind.WELCOME)
OWN = Unconfirmed("7", "a private note to you", (), None, kind=Kind.HELP)
THANKS = Unconfirmed(
    "7", "a pair's closing message", PAIR, None, kind=Kind.THANKS, pair_id=12, met=True, over=True
)

NOT_THE_TWO = "Please do not ask the two: they may not know of each other yet."
EVERY = {
    "card that waits": replace(CARD, waits=True),
    "card of a decided pair": replace(CARD, over=True),
    "card of a pair that met": replace(CARD, met=True),
    "introduction": INTRO,
    "introduction of a pair that is over": replace(INTRO, over=True),
    "summary": SUMMARY,
    "welcome": WELCOME,
    "own": OWN,
    "thanks": THANKS,
}


@pytest.mark.parametrize("one", EVERY.values(), ids=EVERY)
def test_every_question_is_a_good_message_with_both_answers_explained(one: Unconfirmed) -> None:
    message = render(one)
    assert_good_message(message)
    assert what(one) in message.text
    assert where_to_look(one) in message.text
    assert what_buttons_do(one) in message.text
    assert "ask them" not in message.text


def test_it_says_which_message_it_is() -> None:
    assert what(CARD) == "the card of a proposed pair (pair 12), <@U1> and <@U2>"
    assert what(INTRO) == "an introduction (pair 12) for <@U1> and <@U2>"
    assert what(WELCOME) == "a welcome message for <@U1>"
    assert what(SUMMARY) == "the summary of proposed pairs"


def test_what_is_for_the_leads_channel_is_looked_for_there() -> None:
    look = "Please look in <#C1> before you send it again, so that nobody gets it twice."
    assert where_to_look(SUMMARY) == look
    assert where_to_look(CARD) == f"{look} {NOT_THE_TWO}"
    assert where_to_look(replace(CARD, met=True)) == look, "they know of each other by now"


def test_two_who_may_not_have_met_are_not_asked() -> None:
    assert where_to_look(INTRO).endswith(NOT_THE_TWO)
    assert "ask <@" not in render(INTRO).text
    assert "not a pair any more" in where_to_look(replace(INTRO, over=True))
    assert "nothing is sent" in what_buttons_do(replace(INTRO, over=True))


def test_people_are_asked_about_their_own_messages_and_not_about_what_those_say() -> None:
    asks = " before you send it again, so that nobody gets it twice. Ask only whether a message from me came,"
    assert where_to_look(WELCOME).startswith(f"Please ask <@U1>{asks}")
    assert where_to_look(THANKS).startswith(f"Please ask <@U1> or <@U2>{asks}")
    assert where_to_look(OWN).startswith("Please look here, in your messages from me,")


def test_a_card_that_waits_is_settled_by_its_own_buttons() -> None:
    settles = "press Approve or Decline on it: that settles this question"
    assert settles in what_buttons_do(replace(CARD, waits=True))
    assert settles not in what_buttons_do(CARD)
