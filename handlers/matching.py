"""What leads set going ahead of the calendar: looking for pairs, and introducing the approved ones."""

from __future__ import annotations

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import home, payloads
from handlers.errors import heard
from handlers.ids import Action
from handlers.payloads import Body
from handlers.replying import Asked, privately
from handlers.services import Services
from handlers.views import replies
from program import cycles, introductions


def register(app: App, services: Services) -> None:
    """Listen for the two buttons."""
    app.action(Action.MATCH)(heard(services, match))
    app.action(Action.INTRODUCE)(heard(services, introduce))


def typed_match(asked: Asked) -> None:
    """`match`: look for pairs now. With many people that takes longer than Slack waits for an ack."""
    asked.takes_longer()
    services = asked.services
    asked.say(replies.matched(cycles.match_now(services.ctx, services.workspace, asked.person_id)))


def typed_introduce(asked: Asked) -> None:
    """`introduce`: introduce the approved pairs now."""
    services = asked.services
    if introductions.takes_longer(services.ctx, services.workspace, asked.person_id):
        asked.takes_longer()
    asked.say(
        replies.introduced(introductions.introduce_now(services.ctx, services.workspace, asked.person_id))
    )


def match(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Look for pairs from a button."""
    ack()
    act = payloads.act(body)
    matched = cycles.match_now(services.ctx, services.workspace, act.person_id)
    privately(client, act, replies.matched(matched))
    home.refresh(services, client, act)


def introduce(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Introduce the approved pairs from a button."""
    ack()
    act = payloads.act(body)
    count = introductions.introduce_now(services.ctx, services.workspace, act.person_id)
    privately(client, act, replies.introduced(count))
    home.refresh(services, client, act)
