"""Asking somebody less: how often, and the days on which they are away."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_sdk.models.blocks import DatePickerElement, RadioButtonsElement

from handlers.ids import Action, Callback, Word
from handlers.plan_ids import LessField
from handlers.views.inputs import field, modal
from handlers.views.options import option
from handlers.views.parts import Part, Rendered, beside, button, rendered, say
from handlers.views.text import typed
from mentoring.away import Away
from mentoring.days import full_day

_EVERY = {1: "Every week", 2: "Every two weeks", 4: "Every four weeks"}
_OFTEN = {
    1: "I ask you once a week how it goes.",
    2: "I ask you every two weeks how it goes.",
    4: "I ask you every four weeks how it goes.",
}
TITLE = "How often I ask"
LESS = "Ask me less often"
"""Offered where somebody did not answer the first time, and on Home; everybody can type it."""

_ASKS = {
    1: "I ask you every week again.",
    2: "I ask you every two weeks from now on, and after each meeting that you plan.",
    4: "I ask you every four weeks from now on, and after each meeting that you plan.",
}


def less_modal(weeks: int, away: Away | None) -> dict[str, Any]:
    """The form in which somebody says how often they want to be asked, and until when they are away."""
    options = [option(words, str(number)) for number, words in _EVERY.items()]
    chosen = options[list(_EVERY).index(weeks)] if weeks in _EVERY else options[0]
    day = away.last.isoformat() if away else None
    return modal(
        Callback.LESS,
        TITLE,
        [
            field(
                "Ask me",
                RadioButtonsElement(action_id=LessField.EVERY, options=options, initial_option=chosen),
                "Only how often I ask you changes.",
            ),
            field(
                "I am away until",
                DatePickerElement(action_id=LessField.UNTIL, initial_date=day),
                "Until that day is over I write to you only about what cannot wait. You stay in the program, and your "
                "pairs go on.",
                optional=True,
            ),
        ],
        "Save",
    )


def often(weeks: int, away: Away | None) -> Part:
    """How often somebody is asked, and until when they are away, with the way to change both."""
    told = f"You are away {_days(away)}: then I write to you only about what cannot wait." if away else ""
    way = LESS if weeks == 1 and not away else "Change how often I ask"
    how = f"Or type {typed(Word.ASK, '2')} or {typed(Word.AWAY, 'until Friday')}."
    return beside(" ".join(filter(None, (_OFTEN[weeks], told))), button(way, Action.ASK_LESS), instead=how)


def _days(away: Away) -> str:
    first, last = full_day(away.first), full_day(away.last)
    return f"on {last}" if first == last else f"from {first} to the end of {last}"


def kept(weeks: int, days: Away | None, today: date) -> Rendered:
    """After the form: how often somebody is asked from now on, and when they are left alone."""
    return rendered(say(asks(weeks)), say(away(days, today)) if days else None)


def asks(weeks: int) -> str:
    """How often somebody is asked from now on."""
    return f"{_ASKS[weeks]} You can answer at any time: type {typed(Word.CHECKIN)}."


def away(days: Away, today: date) -> str:
    """That somebody is left alone on these days, from today on or later, and how they take it back."""
    last = full_day(days.last)
    later = days.first > today
    when = f"From {full_day(days.first)} to the end of {last}" if later else f"Until {last} is over"
    return (
        f"{when} I write to you only about what cannot wait. You stay in the program. "
        f"Back earlier? Type {typed(Word.AWAY, 'over')}."
    )


def back(was_away: bool) -> str:
    """That somebody is back earlier."""
    return "Welcome back. I ask you as usual." if was_away else "No days away are kept for you."


def not_read(text: str) -> str:
    """A number of weeks that is none of those that can be had."""
    examples = f"{typed(Word.ASK, '1')}, {typed(Word.ASK, '2')} or {typed(Word.ASK, '4')}"
    told = f"“{text}” is none of them. " if text else ""
    return f"I can ask you every week, every two weeks or every four weeks. {told}Type {examples}."


def until_when(today: date) -> str:
    """Somebody did not say until when."""
    until = typed(Word.AWAY, "until", today.isoformat())
    return f"Until when? Type it like {typed(Word.AWAY, 'this week')} or {until}."
