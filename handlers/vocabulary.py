"""Leads look at the words for skills, take them in or out, and keep two apart."""

from __future__ import annotations

from dataclasses import replace

from handlers import words
from handlers.hearing import Hearing
from handlers.ids import Action, Word
from handlers.replying import Asked
from handlers.views import Rendered
from handlers.views.vocabulary import kept_apart, taken_in, taken_out, word_list
from handlers.wording import stacked
from program import vocabulary


def register(on: Hearing) -> None:
    """Listen for the buttons."""
    on.action(Action.KEEP_APART, keep_apart)
    on.action(Action.TAKE_IN, take_in)
    on.action(Action.TAKE_OUT, take_out)


def typed_skills(asked: Asked) -> None:
    """`skills`: the words that people brought, and which count as one skill; `skills take-in Chess` decides."""
    acts = {Word.TAKE_IN: _taken_in, Word.TAKE_OUT: _taken_out, Word.KEEP_APART: _kept}
    line = words.read(asked.rest, acts)
    act = acts.get(Word(line.word)) if line.word in acts else None
    asked.say(act(asked, line.rest) if act and line.rest else _list(asked))


def typed_keep_apart(asked: Asked) -> None:
    """`keep-apart Javascript`: make a word a skill of its own; without one, show those there are."""
    typed_skills(replace(asked, rest=f"{Word.KEEP_APART} {asked.rest}"))


def typed_take_in(asked: Asked) -> None:
    """`take-in Chess`: offer a word to everybody; without one, show those that wait."""
    typed_skills(replace(asked, rest=f"{Word.TAKE_IN} {asked.rest}"))


def typed_take_out(asked: Asked) -> None:
    """`take-out Chess`: offer a word to nobody; without one, show those that are offered."""
    typed_skills(replace(asked, rest=f"{Word.TAKE_OUT} {asked.rest}"))


def keep_apart(asked: Asked) -> None:
    """Make a word a skill of its own from the list, which is then shown anew."""
    _show(asked, _kept(asked, asked.act.value))


def take_in(asked: Asked) -> None:
    """Offer a word to everybody from the list, which is then shown anew."""
    _show(asked, _taken_in(asked, asked.act.value))


def take_out(asked: Asked) -> None:
    """Offer a word to nobody from the list, which is then shown anew."""
    _show(asked, _taken_out(asked, asked.act.value))


def _show(asked: Asked, told: Rendered) -> None:
    asked.say(stacked(told, _list(asked)), instead=True)


def _kept(asked: Asked, word: str) -> Rendered:
    return kept_apart(vocabulary.keep_apart(*asked.by, word))


def _taken_in(asked: Asked, word: str) -> Rendered:
    return taken_in(vocabulary.take_in(*asked.by, word))


def _taken_out(asked: Asked, word: str) -> Rendered:
    return taken_out(vocabulary.take_out(*asked.by, word))


def _list(asked: Asked) -> Rendered:
    return word_list(vocabulary.merged(*asked.by), vocabulary.own(*asked.by))
