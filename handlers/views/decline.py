"""The form that asks a lead, before a pair is declined, for a reason if they like to give one."""

from __future__ import annotations

from typing import Any

from handlers.ids import Callback, DeclineField
from handlers.views.cards import people
from handlers.views.inputs import field, modal, text_input
from handlers.views.parts import say
from mentoring.messages import PairCard

REASON_MAX = 500


def decline_modal(card: PairCard) -> dict[str, Any]:
    """The form for one pair, whose id it carries as `private_metadata`."""
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
    return modal(Callback.DECLINE, "Decline this pair", blocks, "Decline", metadata=str(card.pair.id))
