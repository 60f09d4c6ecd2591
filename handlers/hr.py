"""Leads look at what people and HR say differently, and decide whose word counts."""

from __future__ import annotations

from slack_bolt import App

from handlers import home, words
from handlers.errors import heard
from handlers.ids import Action, Word, row_id
from handlers.replying import Asked
from handlers.services import Services
from handlers.views import Rendered
from handlers.views.hr import differences, ruled, which_one
from handlers.wording import notice, stacked
from mentoring.hr import Verdict
from program import disputes

_VERDICTS = {"use": Verdict.HR, "keep": Verdict.OWN}


def register(app: App, services: Services) -> None:
    """Listen for the buttons."""
    app.action(Action.HR_DIFFERENCES)(heard(services, look))
    app.action(Action.HR_USE)(heard(services, use))
    app.action(Action.HR_KEEP)(heard(services, keep))


def typed_hr(asked: Asked) -> None:
    """`hr`: what differs from HR's records; `hr use 12` and `hr keep 12` decide about one."""
    line = words.read(asked.rest, _VERDICTS)
    verdict = _VERDICTS.get(line.word)
    numbers = words.numbers(line.rest)
    if verdict is None:
        asked.say(_list(asked))
    elif len(numbers) != 1:
        asked.say(stacked(which_one(Word.HR, line.word), _list(asked)))
    else:
        asked.say(ruled(disputes.decide(*asked.by, numbers[0], verdict)))


def look(asked: Asked) -> None:
    """Show the list, from Home."""
    asked.say(_list(asked))


def use(asked: Asked) -> None:
    """HR's word counts."""
    _decide(asked, Verdict.HR)


def keep(asked: Asked) -> None:
    """The person's own word counts."""
    _decide(asked, Verdict.OWN)


def _decide(asked: Asked, verdict: Verdict) -> None:
    """Decide about one of the list, which is then shown anew in its place."""
    told = ruled(disputes.decide(*asked.by, row_id(asked.act.value), verdict))
    shown = stacked(told, _list(asked))
    if asked.act.view is not None and not asked.act.on_home:
        asked.update(notice(shown))
    else:
        asked.say(shown, instead=True)
    home.refresh(asked)


def _list(asked: Asked) -> Rendered:
    return differences(disputes.open_now(*asked.by))
