"""What cards and the review share: approving with a fresh look at both people, and the forms that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.metadata import OnPage
from handlers.replying import Asked
from handlers.services import SlackDoesNotSay
from handlers.views import Rendered
from handlers.views.closing import close_modal
from handlers.views.decline import decline_modal
from handlers.views.review import review_modal
from handlers.wording import with_note
from mentoring.pairings import Pair
from program import approvals, closing, resolving
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


def decline_form(asked: Asked, page: OnPage | None = None) -> dict[str, Any]:
    """The form that asks for a reason; `page` is the review's, when it was opened from there."""
    return decline_modal(approvals.card(*asked.by, asked.act.row_id), page)


def close_form(asked: Asked, pair_id: int, page: OnPage | None = None) -> dict[str, Any]:
    """The form that ends a pair or lets it rest; `page` is as in `decline_form`."""
    card, today = closing.running_card(*asked.by, pair_id)
    return close_modal(card, today, page)


def review_page(asked: Asked, page: OnPage, note: Rendered | None = None, turn: int = 0) -> dict[str, Any]:
    """The page of the review so many turns from this one, as it is now, under an answer to what was clicked last.

    The pairs that stand on it stay where they are, where it is not turned.
    """
    found = approvals.review(*asked.by, page.page, page.sieve, page.standing, page.start, turn)
    view = review_modal(found)
    return with_note(view, note) if note else view


def page_of(asked: Asked) -> OnPage:
    """The page of the review in which something was clicked; the first one for anywhere else."""
    carried = asked.act.carried
    return carried if isinstance(carried, OnPage) else OnPage()


def in_review(asked: Asked) -> bool:
    """Whether it was clicked in the review."""
    return asked.act.view is not None and isinstance(asked.act.carried, OnPage)
