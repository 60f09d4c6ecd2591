"""Leads give the guides to meetings their own words."""

from __future__ import annotations

from handlers.hearing import Hearing
from handlers.ids import Action, Callback, GuideField
from handlers.replying import Asked
from handlers.views import guides as views
from handlers.wording import notice
from program import guides


def register(on: Hearing) -> None:
    """Listen for the button and its form."""
    on.action(Action.GUIDES, open_form)
    on.view(Callback.GUIDES, save)


def open_form(asked: Asked) -> None:
    """`guides`, or its button: open the form."""
    asked.open(views.guides_modal(guides.edited(*asked.by)))


def save(asked: Asked) -> None:
    """Keep the words."""
    answers = asked.act.answers
    told = (answers.one(field) for field in GuideField)
    asked.ack(response_action="update", view=notice(views.saved(guides.write(*asked.by, *told)), "Saved"))
