"""How the program stands, for leads: typed, and the lists behind its figures by their buttons."""

from __future__ import annotations

from functools import partial

from handlers import words
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.metadata import Sees
from handlers.replying import Asked
from handlers.views.calls import call_list
from handlers.views.digest import as_it_stands, seen_answer, seen_modal
from mentoring.at_risk import Reason
from mentoring.digest import Figure
from program import calls, seeing


def register(on: Hearing) -> None:
    """Listen for the button behind each figure, and for those that turn the pages of its list."""
    on.action(Action.SEE, see)
    on.action(Action.SEE_PREVIOUS, partial(turn, -1))
    on.action(Action.SEE_NEXT, partial(turn, 1))


def typed_digest(asked: Asked) -> None:
    """`digest`; with a figure behind it, its list, or another page of that: `digest met 2`."""
    what = next((found for word in asked.rest.split() if (found := named(word.casefold()))), None)
    if what is None:
        asked.say(as_it_stands(seeing.standing(*asked.by)))
    elif what is Figure.HELP:
        asked.say(call_list(calls.listed(*asked.by)))
    else:
        numbers = words.numbers(asked.rest)
        asked.say(seen_answer(seeing.page(*asked.by, what, max(1, numbers[0]) - 1 if numbers else 0)))


def see(asked: Asked) -> None:
    """Open the list behind a figure at its first page; calls for help are a list of their own."""
    what = named(asked.act.value) or Figure.RUNNING
    if what is Figure.HELP:
        asked.say(call_list(calls.listed(*asked.by)))
    else:
        asked.open(seen_modal(seeing.page(*asked.by, what)))


def turn(by: int, asked: Asked) -> None:
    """Turn the page."""
    shown = asked.act.carried if isinstance(asked.act.carried, Sees) else Sees("")
    what = named(shown.what) or Figure.RUNNING
    asked.update(seen_modal(seeing.page(*asked.by, what, shown.page + by)))


def named(text: str) -> Figure | Reason | None:
    """The figure or reason of that name; calls and people without a partner have lists of their own."""
    if text in set(Figure) - {Figure.ALONE}:
        return Figure(text)
    return Reason(text) if text in set(Reason) else None
