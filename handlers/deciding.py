"""What cards and the review share: approving with a fresh look at both people, and the forms that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.replying import Asked
from handlers.services import SlackDoesNotSay
from handlers.views import Rendered
from handlers.views.decline import decline_modal
from handlers.views.review import review_modal
from handlers.wording import with_note
from mentoring.pairings import Pair
from program import approvals, resolving
from program.resolving import Changed


class NotSureOfBoth(SlackDoesNotSay):
    """Slack does not answer about one of the two whose pair is to be approved."""

    words = (
        "Slack does not tell me right now whether both people are still here, so this pair is not approved yet. "
        "Nothing is lost, please try again in a minute."
    )


def approve(asked: Asked, pair_id: int) -> Pair:
    """Approve after a fresh look at both people, because an event about them may have been lost."""
    look_at(asked, approvals.about_to_approve(*asked.by, pair_id))
    return approvals.approve(*asked.by, pair_id)


def look_at(asked: Asked, both: Sequence[str]) -> None:
    """Look at both people anew; raises `NotSureOfBoth` where Slack does not answer."""
    try:
        for person_id in both:
            asked.services.directory.person(person_id, anew=True)
    except SlackDoesNotSay:
        raise NotSureOfBoth from None


def decline(asked: Asked, pair_id: int, reason: str) -> tuple[Pair, Changed]:
    """Decline, and match the rest around it; gives what changed by that too."""
    pair = approvals.decline(*asked.by, pair_id, reason)
    return pair, resolving.after(*asked.by, pair.cycle_id)


def decline_form(asked: Asked, page: int | None = None) -> dict[str, Any]:
    """The form that asks for a reason; `page` is the review's, when it was opened from there."""
    return decline_modal(approvals.card(*asked.by, asked.act.row_id), page)


def review_page(asked: Asked, page: int, note: Rendered | None = None) -> dict[str, Any]:
    """One page of the review as it is now, under an answer to what was clicked last."""
    view = review_modal(approvals.review(*asked.by, page))
    return with_note(view, note) if note else view
