"""The form that asks a lead, before a pair is declined, for a reason if they like to give one."""

from __future__ import annotations

from typing import Any

from handlers.ids import Callback, DeclineField
from handlers.metadata import Declines, OnPage
from handlers.views.cards import people
from handlers.views.inputs import field, modal, text_input
from handlers.views.parts import say
from mentoring.for_leads import PairCard

REASON_MAX = 500


def decline_modal(card: PairCard, page: OnPage | None = None) -> dict[str, Any]:
    """The form for one pair, which it carries with the page of the review that it was opened from, if it was."""
    blocks = [
        say(f"*Pair {card.pair.id}*\n{people(card)}").block,
        field(
            "Reason",
            text_input(DeclineField.REASON, "", REASON_MAX, multiline=True),
            "Only the program's leads see this. I do not tell the two people about this pair; "
            "one who is a lead, or in the leads' channel, can see its card.",
            optional=True,
        ),
    ]
    return modal(Callback.DECLINE, "Decline this pair", blocks, "Decline", Declines(card.pair.id, page))
