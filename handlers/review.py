"""The review modal: many pairs, ten on a page, each with its two buttons."""

from __future__ import annotations

from functools import partial

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import deciding, payloads
from handlers.errors import heard
from handlers.ids import Action
from handlers.metadata import OnPage
from handlers.payloads import Act, Body
from handlers.replying import Asked, open_form, update_modal
from handlers.services import Services
from handlers.views import Rendered, replies
from handlers.wording import refusal
from mentoring.errors import ProgramError


def register(app: App, services: Services) -> None:
    """Listen for the button that opens the review, and for those inside it."""
    app.action(Action.REVIEW)(heard(services, review))
    app.action(Action.REVIEW_APPROVE)(heard(services, approve))
    app.action(Action.REVIEW_DECLINE)(heard(services, decline))
    app.action(Action.REVIEW_PAGE_PREVIOUS)(heard(services, partial(turn, -1)))
    app.action(Action.REVIEW_PAGE_NEXT)(heard(services, partial(turn, 1)))


def typed_review(asked: Asked) -> None:
    """`review`: the pairs of the newest cycle, page by page."""
    asked.open(deciding.review_page(asked.services, asked.person_id, 0))


def review(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Open the review from a button."""
    ack()
    act = payloads.act(body)
    open_form(client, act, deciding.review_page(services, act.person_id, 0))


def approve(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Approve a pair. What came of it is told above the page, because decided pairs move to the end."""
    ack()
    act = payloads.act(body)
    try:
        told = replies.already_decided(deciding.approve(services, act.person_id, act.row_id))
    except ProgramError as error:
        told = refusal(error)
    _show(services, client, act, _page(act), told)


def decline(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Ask for a reason on top of the review; a pair that is decided already is told of on the page."""
    ack()
    act = payloads.act(body)
    try:
        view = deciding.decline_form(services, act, _page(act))
    except ProgramError as error:
        _show(services, client, act, _page(act), refusal(error))
    else:
        client.views_push(trigger_id=act.trigger_id, view=view)


def turn(by: int, services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Turn the page."""
    ack()
    act = payloads.act(body)
    _show(services, client, act, _page(act) + by)


def _page(act: Act) -> int:
    return act.carried.page if isinstance(act.carried, OnPage) else 0


def _show(services: Services, client: WebClient, act: Act, page: int, note: Rendered | None = None) -> None:
    update_modal(client, act.view_id, deciding.review_page(services, act.person_id, page, note))
