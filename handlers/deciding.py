"""What cards and the review share: approving with a fresh look at both people, and the forms that go with it."""

from __future__ import annotations

from typing import Any

from handlers import payloads
from handlers.payloads import Act
from handlers.services import Services, SlackDoesNotSay
from handlers.views import Rendered
from handlers.views.decline import decline_modal
from handlers.views.review import review_modal
from handlers.wording import with_note
from mentoring.pairings import Pair
from program import approvals

_PAGE = " page "


class NotSureOfBoth(SlackDoesNotSay):
    """Slack does not answer about one of the two whose pair is to be approved."""

    words = (
        "Slack does not tell me right now whether both people are still here, so this pair is not approved yet. "
        "Nothing is lost, please try again in a minute."
    )


def approve(services: Services, lead_id: str, pair_id: int) -> Pair:
    """Approve after a fresh look at both people, because an event about them may have been lost."""
    card = approvals.card(services.ctx, services.workspace, lead_id, pair_id)
    try:
        for person_id in card.pair.people:
            services.directory.person(person_id, anew=True)
    except SlackDoesNotSay:
        raise NotSureOfBoth from None
    return approvals.approve(services.ctx, services.workspace, lead_id, pair_id)


def decline_form(services: Services, act: Act, page: int | None = None) -> dict[str, Any]:
    """The form that asks for a reason; `page` is the review's, when it was opened from there."""
    card = approvals.card(services.ctx, services.workspace, act.person_id, act.row_id)
    view = decline_modal(card)
    return view if page is None else {**view, "private_metadata": f"{card.pair.id}{_PAGE}{page}"}


def declined_from(metadata: str) -> tuple[int, int | None]:
    """The pair's id that a decline form carries, and the page of the review it was opened from."""
    number, sign, page = metadata.partition(_PAGE)
    return payloads.row_id(number), payloads.row_id(page) if sign else None


def review_page(services: Services, lead_id: str, page: int, note: Rendered | None = None) -> dict[str, Any]:
    """One page of the review as it is now, under an answer to what was clicked last."""
    view = review_modal(approvals.review(services.ctx, services.workspace, lead_id, page))
    return with_note(view, note) if note else view
