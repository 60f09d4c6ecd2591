"""Everybody without a partner, and why two people are not a pair: typed, and in modals."""

from __future__ import annotations

from functools import partial

from handlers import words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, WhyNotField
from handlers.metadata import OnPage
from handlers.replying import Asked
from handlers.views.unmatched import unmatched_answer, unmatched_modal
from handlers.views.why_not import which_two, why_not_answer, why_not_modal
from handlers.wording import notice
from mentoring.ids import person_in
from program import approvals, unmatched, why_not

_TITLE = "Why not these two?"


def register(on: Hearing) -> None:
    """Listen for the buttons that open the list and turn its pages, and for the question about two people."""
    on.action(Action.UNMATCHED, look)
    on.action(Action.UNMATCHED_PAGE_PREVIOUS, partial(turn, -1))
    on.action(Action.UNMATCHED_PAGE_NEXT, partial(turn, 1))
    on.action(Action.WHY_NOT, ask)
    on.view(Callback.WHY_NOT, answer)


def typed_unmatched(asked: Asked) -> None:
    """`unmatched`, or another page of it: `unmatched 2`."""
    numbers = words.numbers(asked.rest)
    asked.say(unmatched_answer(unmatched.page(*asked.by, max(1, numbers[0]) - 1 if numbers else 0)))


def look(asked: Asked) -> None:
    """Open the list at its first page."""
    asked.open(unmatched_modal(unmatched.page(*asked.by)))


def turn(by: int, asked: Asked) -> None:
    """Turn the page."""
    shown = asked.act.carried
    number = shown.page if isinstance(shown, OnPage) else 0
    asked.update(unmatched_modal(unmatched.page(*asked.by, number + by)))


def ask(asked: Asked) -> None:
    """Open the form that asks about two people."""
    approvals.only_leads(*asked.by)
    asked.open(why_not_modal())


def answer(asked: Asked) -> None:
    """Answer in the place of the form."""
    answers = asked.act.answers
    one, other = person_in(answers.one(WhyNotField.ONE)), person_in(answers.one(WhyNotField.OTHER))
    told = why_not_answer(why_not.between(*asked.by, one, other)) if one and other else which_two()
    asked.ack(response_action="update", view=notice(told, _TITLE))


def typed_why_not(asked: Asked) -> None:
    """`why-not @Ana @Ben`; with fewer people, the form."""
    people = tuple(words.PERSON.findall(asked.rest))
    approvals.only_leads(*asked.by)
    if len(people) == 2:
        asked.say(why_not_answer(why_not.between(*asked.by, *people)))
    elif people or words.alone(asked.rest):
        asked.open(why_not_modal(people[:2]))
    else:
        asked.say(which_two())
