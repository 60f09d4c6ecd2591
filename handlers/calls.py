"""Taking a call for help, being done with it and handing it back: on its message, in the list, on Home, or typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from handlers import home, words
from handlers.hearing import Hearing
from handlers.ids import Action, Word
from handlers.replying import Asked
from handlers.views.calls import call_list, said, which_call
from handlers.wording import stacked
from program import calls
from program.context import Context

_DOES: Mapping[Word, Callable[[Context, str, str, int], None]] = {
    Word.TAKE_CALL: calls.take,
    Word.CALL_DONE: calls.done,
    Word.HAND_BACK: calls.hand_back,
}
_BUTTONS = {
    Action.TAKE_CALL: Word.TAKE_CALL,
    Action.CALL_DONE: Word.CALL_DONE,
    Action.HAND_BACK: Word.HAND_BACK,
}


def register(on: Hearing) -> None:
    """Listen for the three buttons."""
    for action, word in _BUTTONS.items():
        on.action(action, partial(pressed, word))


def pressed(word: Word, asked: Asked) -> None:
    """Do it from a button; its message shows it by itself, the list and the Home tab are shown anew."""
    _DOES[word](*asked.by, asked.act.row_id)
    if asked.act.in_answer:
        told = said(word, asked.act.row_id)
        asked.say(stacked(told, call_list(calls.listed(*asked.by))), instead=True)
    home.refresh(asked)


def typed_calls(asked: Asked) -> None:
    """`calls`: who asked for help and what is left to do about it."""
    asked.say(call_list(calls.listed(*asked.by)))


def typed(word: Word, asked: Asked) -> None:
    """`take-call 7`, `call-done 7` and `hand-back 7`."""
    numbers = words.numbers(asked.rest)
    if len(numbers) != 1 or not numbers[0]:
        calls.listed(*asked.by)  # whoever may not is told so
        asked.say(which_call(word))
        return
    _DOES[word](*asked.by, numbers[0])
    asked.say(said(word, numbers[0]))
