"""Leads read what would be sent in the coming weeks before it is, and list the holidays of which they are warned."""

from __future__ import annotations

import re
from datetime import date

from handlers import dates, words
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.replying import Asked
from handlers.views import rehearsing as views
from handlers.views import replies
from mentoring.rehearsing import DEFAULT_WEEKS, WEEKS, Rehearsal
from program import holidays, rehearsal


def register(on: Hearing) -> None:
    """Listen for the button."""
    on.action(Action.REHEARSE, rehearse)


def typed_rehearse(asked: Asked) -> None:
    """`rehearse`, `rehearse 8` for so many weeks, `rehearse silent` as if nobody answered."""
    rehearsal.require_small(*asked.by)
    if any(number not in WEEKS for number in words.numbers(asked.rest)):
        asked.say(views.which_weeks())
    else:
        found = _ahead(asked)
        asked.say_or_plainly(views.rehearsal(found, table=True), views.rehearsal(found, table=False))


def rehearse(asked: Asked) -> None:
    """The same from Home: a modal that waits, and then shows it."""
    rehearsal.require_small(*asked.by)
    shown = asked.wait(replies.sentence(views.WAIT), "Rehearsal")
    asked.update(views.rehearsal_modal(_ahead(asked)), shown)


def typed_holidays(asked: Asked) -> None:
    """`holidays`, `holidays December 25, January 1` to list these instead of those before, `holidays none`."""
    if not asked.rest.strip():
        asked.say(views.holidays(holidays.listed(*asked.by)))
        return
    found: list[date] = []
    texts = [] if words.alone(re.sub(r"\bnone\b", "", asked.rest)) else _days(asked.rest)
    today = holidays.date_there(*asked.by)
    for text in texts:
        day = dates.read(text, today).day
        if day is None:
            asked.say(views.day_not_read(text))
            return
        found.append(day)
    asked.say(views.holidays(holidays.keep(*asked.by, found)))


def _days(text: str) -> list[str]:
    """The days of a list; the comma in `January 1, 2027` is none between two."""
    return [part.strip() for part in re.split(r"[;\n]|,(?!\s*\d{4}\b)|\band\b", text) if part.strip()]


def _ahead(asked: Asked) -> Rehearsal:
    weeks = next(iter(words.numbers(asked.rest)), DEFAULT_WEEKS)
    answered = "silent" not in asked.rest.casefold()
    return asked.services.rehearse(*asked.by, weeks, answered)
