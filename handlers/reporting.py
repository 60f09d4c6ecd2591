"""Leads read what a cycle came to."""

from __future__ import annotations

from handlers import words
from handlers.replying import Asked
from handlers.views import reporting as views
from program import reporting


def typed_report(asked: Asked) -> None:
    """`report` for the last cycle that ended, `report 2` for the second."""
    numbers = words.numbers(asked.rest)
    if asked.rest.strip() and len(numbers) != 1:
        reporting.look(*asked.by)  # whoever is no lead is told so
        asked.say(views.no_number())
        return
    found = reporting.look(*asked.by, next(iter(numbers), None))
    asked.say_or_plainly(views.reported(found, blocks=True), views.reported(found, blocks=False))
