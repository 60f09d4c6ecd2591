"""A lead says what became of a message of which Slack never said whether it arrived."""

from __future__ import annotations

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import ids, payloads, strays
from handlers.errors import heard
from handlers.ids import Action, Word
from handlers.payloads import Body
from handlers.replying import Asked
from handlers.services import Services
from handlers.wording import settled, which_message
from mentoring.messages import Kind
from program import outgoing


def register(app: App, services: Services) -> None:
    """Listen for the two answers."""
    app.action(Action.SEND_AGAIN)(heard(services, partial(settle, False)))
    app.action(Action.IT_ARRIVED)(heard(services, partial(settle, True)))


def typed_settle(word: Word, asked: Asked) -> None:
    """`send-again 7` and `it-arrived 7`."""
    services, row_id, arrived = asked.services, ids.row_id(asked.rest), word is Word.IT_ARRIVED
    if not row_id:
        asked.say(which_message(word))
        return
    outgoing.settle(services.ctx, services.workspace, asked.person_id, row_id, arrived)
    asked.say(settled(arrived))


def settle(arrived: bool, services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Settle it from a button; the question then shows what became of it by itself."""
    ack()
    act = payloads.act(body)
    outgoing.settle(services.ctx, services.workspace, act.person_id, act.row_id, arrived)
    strays.remove(services, client, act, Kind.UNCONFIRMED)
