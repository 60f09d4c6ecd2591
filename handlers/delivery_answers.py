"""A lead says what became of a message of which Slack never said whether it arrived."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from handlers.errors import heard
from handlers.ids import Action, Word, row_id
from handlers.replying import Asked
from handlers.services import Services
from handlers.wording import settled, which_message
from program import outgoing


def register(app: App, services: Services) -> None:
    """Listen for the two answers."""
    app.action(Action.SEND_AGAIN)(heard(services, partial(settle, False)))
    app.action(Action.IT_ARRIVED)(heard(services, partial(settle, True)))


def typed_settle(word: Word, asked: Asked) -> None:
    """`send-again 7` and `it-arrived 7`."""
    number, arrived = row_id(asked.rest), word is Word.IT_ARRIVED
    if not number:
        asked.say(which_message(word))
        return
    outgoing.settle(*asked.by, number, arrived)
    asked.say(settled(arrived))


def settle(arrived: bool, asked: Asked) -> None:
    """Settle it from a button; the question then shows what became of it by itself."""
    outgoing.settle(*asked.by, asked.act.row_id, arrived)
