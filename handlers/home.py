"""The Home tab: shown whenever it is opened, and again after one of its buttons was used."""

from __future__ import annotations

import logging
from functools import partial

from slack_bolt import App
from slack_sdk import WebClient

from handlers import payloads
from handlers.payloads import HOME, Body
from handlers.replying import SLACK_TROUBLE, Asked, trouble_words
from handlers.services import Services
from handlers.views.home import home_view
from mentoring.people import Person
from program import home

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Listen for people who open the tab."""
    app.event("app_home_opened")(partial(opened, services))


def opened(services: Services, body: Body, client: WebClient) -> None:
    """Show the tab; opening the tab with the messages changes nothing."""
    if payloads.event(body).get("tab", HOME) == HOME:
        show(services, client, payloads.event_text(body, "user"))


def show(services: Services, client: WebClient, person_id: str) -> None:
    """Publish the tab as it is now. It is only a view of what is stored, so a failure is logged and no more."""
    # Who somebody is decides about one button only, so Slack is not asked again.
    person = services.directory.known(person_id) or Person(person_id, name=person_id)
    view = home_view(home.home(services.ctx, services.workspace, person))
    try:
        client.views_publish(user_id=person_id, view=view)
    except SLACK_TROUBLE as trouble:
        log.warning("a Home tab could not be shown: %s", trouble_words(trouble))


def refresh(asked: Asked) -> None:
    """Show the tab anew if that is where the act began, on itself or in a form that was opened from it."""
    if asked.act.from_home:
        asked.takes_longer()
        show(asked.services, asked.client, asked.person_id)
