"""The cards of the preparation, one at a time, and that they were read."""

from __future__ import annotations

from typing import Any

from handlers.ids import Action, Callback
from handlers.metadata import Prepares
from handlers.views.inputs import modal
from handlers.views.parts import Part, blocks_of, button, buttons, heading, note, rendered, say
from handlers.wording import notice
from mentoring.people import Role
from mentoring.preparation import CARDS


def preparation_modal(here: Prepares) -> dict[str, Any]:
    """One card, with buttons to turn; the last one can be finished."""
    cards = CARDS[Role(here.role)]
    page = min(max(here.page, 0), len(cards) - 1)
    last = page == len(cards) - 1
    parts = [
        note(f"Card {page + 1} of {len(cards)}"),
        heading(cards[page].title),
        say(cards[page].text),
        _turn(page, last),
    ]
    carries = Prepares(here.role, page, here.from_home)
    submit = "I have read this" if last else None
    return modal(Callback.PREPARATION, "Preparation", blocks_of(parts), submit, carries)


def _turn(page: int, last: bool) -> Part:
    back = [button("Back", Action.PREPARE_BACK)] if page else []
    further = [] if last else [button("Next card", Action.PREPARE_NEXT, style="primary")]
    return buttons(*back, *further)


def finished() -> dict[str, Any]:
    """They have read the last card."""
    told = rendered(
        say("*Thank you, you are prepared.*", "You can open the cards again from Home at any time."),
    )
    return notice(told, "Preparation")
