"""The review modal: a cycle's pairs, ten on a page, to approve or decline where there are many."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import OnPage
from handlers.views.cards import brief, decision, standing
from handlers.views.inputs import modal
from handlers.views.parts import Part, blocks_of, button, buttons, line, note, say
from handlers.views.text import typed
from mentoring.messages import PairCard
from program.forms import ReviewPage

PAIRS_A_PAGE = 10


def review_modal(page: ReviewPage) -> dict[str, Any]:
    """One page of pairs, which it carries; the buttons to turn carry the cycle."""
    entries = [part for card in page.cards[:PAIRS_A_PAGE] for part in _entry(card)]
    begin = None if page.cards else say(f"{typed(Word.MATCH)} looks for pairs now.")
    blocks = blocks_of([say(_title(page)), begin, *entries, _turn(page)])
    return modal(Callback.REVIEW, "Review pairs", blocks, carries=OnPage(page.page))


def _title(page: ReviewPage) -> str:
    if not page.cards:
        return "No pairs have been proposed yet."
    return f"Cycle {page.cycle_number}, page {page.page + 1} of {page.pages}"


def _entry(card: PairCard) -> list[Part | None]:
    """A pair with its two buttons while it waits, and with who decided afterwards."""
    choose = decision(card, Action.REVIEW_APPROVE, Action.REVIEW_DECLINE)
    return [line(), say(brief(card)), choose or note(standing(card))]


def _turn(page: ReviewPage) -> Part | None:
    turns: list[ButtonElement] = []
    if page.page > 0:
        turns.append(button("Previous page", Action.REVIEW_PAGE_PREVIOUS, page.cycle_id))
    if page.page + 1 < page.pages:
        turns.append(button("Next page", Action.REVIEW_PAGE_NEXT, page.cycle_id))
    return buttons(*turns) if turns else None
