"""A lead says what became of a message of unknown fate."""

from __future__ import annotations

import pytest

from mentoring.messages import Kind
from program import outgoing
from program.outgoing import RowState
from storage.outbox import letters
from tests.handlers import raw
from tests.handlers.world import World


@pytest.fixture
def unknown(led: World) -> World:
    """A welcome of which nobody knows whether it arrived; both leads have been asked."""
    led.joins("Ana Example")
    (letter,) = outgoing.due(led.ctx)
    assert letter.notice.kind is Kind.WELCOME
    leased = outgoing.lease(led.ctx, letter, "test")
    assert leased is not None
    outgoing.give_up(led.ctx, leased, "no answer")
    led.delivers()
    return led


def state(world: World) -> str:
    with world.ctx.database.read() as tx:
        letter = letters.get(tx, 1)
    assert letter is not None
    return letter.state


@pytest.mark.parametrize(
    ("button", "becomes"), [("Send it again", RowState.READY), ("It arrived", RowState.SENT)]
)
def test_a_button_settles_it(unknown: World, button: str, becomes: RowState) -> None:
    unknown.lead.clicks(button, containing="did not say whether")
    unknown.soon(lambda: state(unknown) == becomes)
    unknown.delivers()
    assert unknown.lead.waits_to_see("Settled:").buttons == ()
    assert unknown.other_lead.waits_to_see("Settled:").buttons == ()
    assert unknown.complaints() == []


def test_the_second_lead_is_told_that_it_is_settled(unknown: World) -> None:
    question = unknown.other_lead.waits_to_see("did not say whether")
    assert "Thank you. I have noted" in unknown.lead.types("/reverse-mentor it-arrived 1").text
    unknown.other_lead.clicks("Send it again", question)
    unknown.other_lead.waits_to_see("Somebody else has settled this already")
    assert state(unknown) == RowState.SENT


def test_a_typed_word_sends_it_again(unknown: World) -> None:
    assert "I am sending it again" in unknown.lead.types("/reverse-mentor send again 1").text
    assert state(unknown) == RowState.READY


def test_forged_numbers_settle_nothing(unknown: World) -> None:
    for value in ("0", "999", "x", None):
        raw.dispatch(unknown, raw.click(unknown, unknown.lead.id, "it_arrived", value))
    unknown.soon(lambda: _told(unknown, "That message is not known here any more.") == 4)
    raw.dispatch(unknown, raw.click(unknown, unknown.outsider.id, "it_arrived", "1"))
    unknown.outsider.waits_to_see("Only the program's leads can do that.")
    assert state(unknown) == RowState.UNKNOWN


@pytest.fixture
def many(led: World) -> World:
    """Three welcomes of which nobody knows whether they arrived: one question to each lead."""
    for name in ("Ana Example", "Ben Example", "Cleo Example"):
        led.joins(name)
    for letter in outgoing.due(led.ctx):
        leased = outgoing.lease(led.ctx, letter, "test")
        assert leased is not None
        outgoing.give_up(led.ctx, leased, "no answer")
    led.delivers()
    return led


def states(world: World) -> list[str]:
    with world.ctx.database.read() as tx:
        return [one.state for number, one in sorted(letters.some(tx, range(1, 4)).items()) if number]


@pytest.mark.parametrize(
    ("button", "becomes"), [("Send all again", RowState.READY), ("They all arrived", RowState.SENT)]
)
def test_one_button_settles_them_all(many: World, button: str, becomes: RowState) -> None:
    question = many.other_lead.waits_to_see("these 3 messages arrived")
    many.lead.clicks(button, containing="these 3 messages arrived")
    many.soon(lambda: states(many) == [becomes] * 3)
    many.other_lead.clicks("They all arrived", question)
    many.other_lead.waits_to_see("Somebody else has settled this already")
    many.delivers()
    assert many.lead.waits_to_see("all of them are settled").buttons == ()
    assert many.complaints() == []


def test_they_are_looked_at_one_by_one(many: World) -> None:
    many.lead.clicks("Look one by one", containing="these 3 messages arrived")
    modal = many.lead.waits_for_modal()
    assert "3 messages wait for your word" in modal.text
    view = raw.dispatch(many, raw.click(many, many.lead.id, "it_arrived", "2"))
    assert view is not None
    many.soon(lambda: states(many) == [RowState.UNKNOWN, RowState.SENT, RowState.UNKNOWN])
    many.lead.clicks("Send it again")
    many.soon(lambda: states(many).count(RowState.READY) == 1)
    many.soon(lambda: "1 message waits for your word" in many.lead.waits_for_modal().text)
    assert "Settled: it arrived" in many.lead.waits_for_modal().text


def test_all_can_be_settled_by_typing(many: World) -> None:
    answer = many.lead.types("/reverse-mentor send-again all").text
    assert answer == "Thank you. I am sending these 3 messages again."
    assert states(many) == [RowState.READY] * 3


def _told(world: World, sentence: str) -> int:
    return sum(sentence in message for message in world.lead.messages(world.leads_channel))
