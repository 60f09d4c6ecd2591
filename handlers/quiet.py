"""Asking somebody less: in a form or typed, how often, and the days on which they are away."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers import dates, home, payloads, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, Word, row_id
from handlers.keyboards import plain
from handlers.plan_ids import LessField
from handlers.replying import Asked, remembered
from handlers.views import quiet as views
from handlers.views.replies import sentence
from handlers.views.text import clip
from handlers.wording import not_a_date, notice
from program import members, quiet

_OFTEN = {
    1: "1 one weekly week every each normal usual always",
    2: "2 two fortnight fortnightly second other biweekly",
    4: "4 four month monthly fourth",
}
_OVER = frozenset({"over", "back", "off", "no", "stop", "none", "i'm back", "i am back", "no longer"})
_THIS_WEEK = frozenset(
    {"this week", "the week", "week", "for the week", "for this week", "rest of the week", "all week"}
)
_NEXT_WEEK = frozenset({"next week", "for next week", "all next week"})


def register(on: Hearing) -> None:
    """Listen for the button and the form."""
    on.action(Action.ASK_LESS, form)
    on.view(Callback.LESS, submitted)


def form(asked: Asked) -> None:
    """Ask how often, and until when somebody is away."""
    asked.open(remembered(views.less_modal(*quiet.wishes(*asked.by)), asked.act))


def submitted(asked: Asked) -> None:
    """Keep both, and say what counts now; a day that was taken out means that they are back."""
    answers = asked.act.answers
    weeks = row_id(answers.one(LessField.EVERY))
    day = payloads.day(answers.one(LessField.UNTIL))
    quiet.wants(*asked.by, weeks if weeks in quiet.EVERY else 1, day)
    told = views.kept(*quiet.wishes(*asked.by), members.today(*asked.by))
    asked.ack(response_action="update", view=notice(told, views.TITLE))
    home.refresh(asked)


def typed_ask(asked: Asked) -> None:
    """`ask 2`, `ask every two weeks` or `ask weekly`."""
    said = set(re.findall(r"[a-z0-9]+", plain(asked.rest).casefold()))
    rarer = [number for number, told in _OFTEN.items() if said & set(told.split()) and number > 1]
    weekly = bool(said & set(_OFTEN[1].split()))
    found = rarer or ([1] if weekly else [])
    if len(found) != 1:
        asked.say(sentence(views.not_read(clip(asked.rest, 60))))
        return
    quiet.ask_every(*asked.by, found[0])
    asked.say(sentence(views.asks(found[0])))


def typed_away(asked: Asked) -> None:
    """`away this week`, `away until Friday`; `away over` takes it back."""
    today = members.today(*asked.by)
    text = plain(asked.rest).casefold().strip(" .")
    monday = today - timedelta(days=today.weekday())
    if text in _OVER:
        asked.say(sentence(views.back(quiet.come_back(*asked.by))))
    elif text in _THIS_WEEK:
        _goes(asked, today, monday + timedelta(days=6))
    elif text in _NEXT_WEEK:
        _goes(asked, today, monday + timedelta(days=13), monday + timedelta(days=7))
    elif words.alone(asked.rest):
        asked.say(sentence(views.until_when(today)))
    else:
        meant = dates.read(asked.rest, today)
        if meant.days and meant.sure:
            # Of two days that may be meant, like a Friday and a Sunday, the later one disturbs less.
            _goes(asked, today, meant.days[-1])
        else:
            asked.say(not_a_date(asked.rest, Word.AWAY))


def _goes(asked: Asked, today: date, last: date, first: date | None = None) -> None:
    asked.say(sentence(views.away(quiet.go_away(*asked.by, last, first), today)))
