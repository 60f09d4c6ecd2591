"""Who hears what: one listener for each name, found at once, whose answer Slack has when it is given."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from slack_bolt import Ack, App, BoltContext
from slack_bolt.request import BoltRequest

from handlers import in_time
from handlers.hearing import Hearing
from handlers.in_time import Answer
from handlers.payloads import Act, Kind
from handlers.replying import Asked
from tests.handlers import raw
from tests.handlers.world import HELD_BACK, World


def ignored(_asked: Asked) -> None:
    """Do nothing."""


@pytest.fixture
def on(world: World) -> Hearing:
    return Hearing(App(name="Ears", client=world.client, token_verification_enabled=False), world.services)


def test_a_name_has_one_listener(on: Hearing) -> None:
    on.action("approve", ignored)
    on.view("approve", ignored)  # a form of the same name is something else
    with pytest.raises(ValueError, match="approve"):
        on.action("approve", ignored)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COMMAND])
def test_nobody_hears_what_has_another_name(on: Hearing, kind: Kind) -> None:
    for listen in (on.action, on.view, on.options):
        listen("approve", ignored)
    on.command(ignored)
    assert on.of(Act(kind, "U1", action="approve_everything")) is None


def test_whoever_waits_for_nothing_is_answered_in_the_end() -> None:
    given = Answer(Ack(), Act(Kind.CLICK, "U1"), lambda: 0.0, lambda _how: None)  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    answer = given.waited_for(0.001)
    assert answer is not None
    assert answer.status == 200
    assert given.ran_out


def test_slack_has_its_answer_while_the_listener_goes_on(world: World) -> None:
    app = App(name="Ears", client=world.client, token_verification_enabled=False)
    goes_on = threading.Event()

    def acknowledges(asked: Asked) -> None:
        asked.takes_longer()
        goes_on.wait(HELD_BACK)

    def door(context: BoltContext, ack: Ack, next_: Callable[[], None]) -> None:
        in_time.keep(context, Answer(ack, Act(Kind.CLICK, world.lead.id, action="slow"), lambda: 0.0, print))
        next_()

    app.middleware(door)
    on = Hearing(app, world.services)
    on.action("slow", acknowledges)
    body = raw.click(world, world.lead.id, "slow")
    answer = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200
    assert not goes_on.is_set()
    goes_on.set()
    app.listener_runner.listener_executor.shutdown()
