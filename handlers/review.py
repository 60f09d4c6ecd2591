"""The review modal: many pairs, ten on a page, each with its two buttons."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from handlers import deciding
from handlers.errors import heard
from handlers.ids import Action
from handlers.metadata import OnPage
from handlers.replying import Asked
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


def review(asked: Asked) -> None:
    """Open the review: the pairs of the newest cycle, page by page."""
    asked.open(deciding.review_page(asked, 0))


def approve(asked: Asked) -> None:
    """Approve a pair. What came of it is told above the page, because decided pairs move to the end."""
    try:
        told = replies.already_decided(deciding.approve(asked, asked.act.row_id))
    except ProgramError as error:
        told = refusal(error)
    _show(asked, _page(asked), told)


def decline(asked: Asked) -> None:
    """Ask for a reason on top of the review; a pair that is decided already is told of on the page."""
    try:
        view = deciding.decline_form(asked, _page(asked))
    except ProgramError as error:
        _show(asked, _page(asked), refusal(error))
    else:
        asked.takes_longer()
        asked.client.views_push(trigger_id=asked.act.trigger_id, view=view)


def turn(by: int, asked: Asked) -> None:
    """Turn the page."""
    _show(asked, _page(asked) + by)


def _page(asked: Asked) -> int:
    carried = asked.act.carried
    return carried.page if isinstance(carried, OnPage) else 0


def _show(asked: Asked, page: int, note: Rendered | None = None) -> None:
    asked.update(deciding.review_page(asked, page, note))
