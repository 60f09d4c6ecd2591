"""The form in which a lead ends one pair, or lets it rest until a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from slack_sdk.models.blocks import DatePickerElement, RadioButtonsElement

from handlers.ids import Callback, CloseField, Closing
from handlers.metadata import Closes, OnPage
from handlers.views.cards import people
from handlers.views.inputs import field, modal, text_input
from handlers.views.options import option
from handlers.views.parts import say
from mentoring.for_leads import PairCard
from program.forms import MAX_REASON

A_BREAK = timedelta(days=14)
"""What the form suggests for a rest."""

_WORDS = {Closing.END: "End this pair", Closing.REST: "Let it rest until a day"}


def close_modal(card: PairCard, today: date, page: OnPage | None = None) -> dict[str, Any]:
    """The form for one pair, which it carries with the page of the review that it was opened from, if it was."""
    options = [option(words, what) for what, words in _WORDS.items()]
    day = (card.pair.rests_until or today + A_BREAK).isoformat()
    blocks = [
        say(f"*Pair {card.pair.id}*\n{people(card)}").block,
        field(
            "What shall happen",
            RadioButtonsElement(action_id=CloseField.WHAT, options=options, initial_option=options[0]),
            "Both read in neutral words that the program closed the pair, or lets it rest, and not who decided so.",
        ),
        field(
            "Rest until",
            DatePickerElement(action_id=CloseField.UNTIL, initial_date=day),
            "Needed for a rest. I ask neither of them before that day, and then tell both that it goes on.",
            optional=True,
        ),
        field(
            "Reason for ending it",
            text_input(CloseField.REASON, "", MAX_REASON, multiline=True),
            "Only the program's leads see this.",
            optional=True,
        ),
    ]
    return modal(Callback.CLOSE_PAIR, "End or rest a pair", blocks, "Save", Closes(card.pair.id, page))
