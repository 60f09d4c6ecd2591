"""A message whose button was pressed shows what came of it by the press's own address, before the delivery's turn."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from handlers import at_once, replying
from handlers.views import Rendered
from mentoring.checkins import Answer
from mentoring.messages import Kind
from program import approvals, checkins, outgoing
from program.outgoing import RowState
from sandbox import Message, Person
from storage.outbox.letters import Letter
from tests.handlers.world import World
from tests.harness import every_letter


def asked(world: World) -> tuple[Person, Message]:
    """Somebody with this week's question in their direct message."""
    mentor, _ = world.couple()
    world.proposes()
    world.approves(1)
    world.introduces()
    world.delivers()
    world.clock.passes(days=3, hours=2)
    checkins.prompt_due(world.ctx)
    world.delivers()
    return mentor, mentor.waits_to_see("Have you and")


def row(world: World, message: Message) -> Letter:
    return next(one for one in every_letter(world.ctx.database) if one.ts == message.ts)


def updates_of(world: World, message: Message) -> int:
    return sum(call.args["ts"] == message.ts for call in world.calls("chat.update"))


def is_done(world: World, message: Message) -> bool:
    """Whether nothing is left to deliver of it."""
    now = row(world, message)
    return now.state is RowState.SENT and now.wanted == now.shown


def test_a_check_in_turns_into_thanks_without_the_delivery(led: World) -> None:
    mentor, question = asked(led)
    mentor.clicks("We met", question)
    assert mentor.waits_to_see("Thank you").ts == question.ts
    led.soon(lambda: is_done(led, question))
    before = updates_of(led, question)
    led.delivers()
    assert updates_of(led, question) == before, "it says so already"
    assert led.complaints() == []


def test_a_card_shows_the_decision_without_the_delivery(led: World) -> None:
    led.couple()
    led.proposes()
    card = led.card(1)
    led.lead.clicks("Approve", card)
    led.soon(lambda: "Approved by" in led.card(1, led.other_lead))
    led.soon(lambda: is_done(led, card))


def test_whatever_was_shown_at_once_follows_what_it_was_made_from(led: World) -> None:
    mentor, question = asked(led)
    mentor.clicks("We met", question)
    led.soon(lambda: is_done(led, question))
    checkin = checkins.open_now(led.ctx, led.workspace, mentor.id)[0].checkin
    checkins.answer(led.ctx, led.workspace, mentor.id, checkin.id, Answer.NOT_YET)
    led.delivers()
    assert "Some weeks are like that" in mentor.messages()[-1]


@pytest.mark.parametrize("outcome", [None, False])
def test_what_was_not_shown_at_once_is_delivered(
    led: World, monkeypatch: pytest.MonkeyPatch, outcome: bool | None
) -> None:
    mentor, question = asked(led)
    monkeypatch.setattr(at_once, "replaced", lambda *_: outcome)
    mentor.clicks("We met", question)
    led.soon(lambda: row(led, question).state is RowState.READY)
    led.rests()
    led.delivers()
    assert "Thank you" in mentor.messages()[-1]
    assert is_done(led, question)


def test_the_last_of_two_presses_is_what_stays(led: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first press's answer comes to Slack after the second's, and covers it until the delivery has its turn."""
    mentor, question = asked(led)
    held, real = threading.Event(), replying.replaced
    begun = threading.Event()

    def slow(client: Any, url: str, now: Rendered) -> bool | None:
        if not begun.is_set():
            begun.set()
            held.wait()
        return real(client, url, now)

    monkeypatch.setattr(at_once, "replaced", slow)
    mentor.clicks("We met", question)
    begun.wait()
    mentor.clicks("Not yet", question)
    led.soon(lambda: "Some weeks are like that" in mentor.messages()[-1])
    led.soon(lambda: is_done(led, question))
    held.set()
    led.soon(lambda: not is_done(led, question))
    led.rests()
    led.delivers()
    assert "Some weeks are like that" in mentor.messages()[-1]


def test_the_delivery_keeps_off_a_message_in_hand(led: World) -> None:
    _, question = asked(led)
    checkin = row(led, question)
    with led.ctx.answering((checkin.channel or "", checkin.ts or "")):
        assert outgoing.lease(led.ctx, checkin, "test") is None
    assert outgoing.lease(led.ctx, checkin, "test") is not None


def test_a_message_of_nobody_is_left_alone(led: World) -> None:
    led.couple()
    led.proposes()
    card = led.card(1)
    led.lead.clicks("Decline", card)  # it changes nothing
    led.soon(lambda: led.lead.modal is not None)
    assert is_done(led, card)
    assert approvals.card(led.ctx, led.workspace, led.lead.id, 1).pair.id == 1
    assert [one.notice.kind for one in every_letter(led.ctx.database)].count(Kind.CARD) == 1


@pytest.mark.parametrize("how", ["public", "ext", "pending"])
def test_a_card_that_others_can_read_by_now_is_not_shown_anew(led: World, how: str) -> None:
    led.couple()
    led.proposes()
    if how == "public":
        led.slack.convert(led.leads_channel, private=False)
    else:
        led.slack.share(led.leads_channel, "ext" if how == "ext" else "pending")
    led.clock.passes(minutes=6)
    led.lead.clicks("Approve", led.cards()[0])
    led.soon(lambda: "Approved by" in led.lead.types("/reverse-mentor approve 1").text)
    assert [one for one in led.slack.responses if one.args.get("replace_original")] == []
    assert "Approve" in led.cards()[0].buttons
