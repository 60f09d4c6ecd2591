"""Leads look at the words that count as one skill, and keep two apart."""

from __future__ import annotations

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import payloads
from handlers.errors import heard
from handlers.ids import Action
from handlers.payloads import Body
from handlers.replying import Asked, privately
from handlers.services import Services
from handlers.views import Rendered
from handlers.views.vocabulary import kept_apart, merged_words
from handlers.wording import stacked
from program import vocabulary


def register(app: App, services: Services) -> None:
    """Listen for the button."""
    app.action(Action.KEEP_APART)(heard(services, keep_apart))


def typed_skills(asked: Asked) -> None:
    """`skills`: which words count as one skill."""
    asked.say(_merged(asked.services, asked.person_id))


def typed_keep_apart(asked: Asked) -> None:
    """`keep-apart Javascript`: make a word a skill of its own; without one, show those there are."""
    if asked.rest:
        asked.say(_kept(asked.services, asked.person_id, asked.rest))
    else:
        typed_skills(asked)


def keep_apart(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Make a word a skill of its own from the list, which is then shown anew."""
    ack()
    act = payloads.act(body)
    told = _kept(services, act.person_id, act.value)
    privately(client, act, stacked(told, _merged(services, act.person_id)), replace=True)


def _kept(services: Services, lead_id: str, word: str) -> Rendered:
    return kept_apart(vocabulary.keep_apart(services.ctx, services.workspace, lead_id, word))


def _merged(services: Services, lead_id: str) -> Rendered:
    return merged_words(vocabulary.merged(services.ctx, services.workspace, lead_id))
