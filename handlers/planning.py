"""When somebody meets their partner: picked in a message, said in a form, or typed; and how a meeting was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from handlers import checkins, home, moments, times, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, row_id
from handlers.metadata import Plans
from handlers.plan_ids import REFLECTIONS, PlanField
from handlers.replying import Asked
from handlers.views import planning as views
from handlers.wording import notice
from mentoring.cadence import local_date
from mentoring.errors import Invalid, NoCheckIn, NoSuchPair
from mentoring.pairings import Pair
from mentoring.reflections import Reflection
from program import planning, reflecting

_NUMBERED = re.compile(r"(?:pair\s+)?#?(\d+)[\s:,]+(.+)", re.IGNORECASE | re.DOTALL)


def register(on: Hearing) -> None:
    """Listen for the field in messages, the form, and the four taps about a meeting."""
    on.action(Action.PLAN_AT, picked)
    on.action(Action.PLAN_WHEN, form)
    on.action(Action.PLAN_PAIR, form_of_pair)
    on.view(Callback.PLAN, submitted)
    for action, choice in zip(REFLECTIONS, Reflection, strict=True):
        on.action(action, partial(reflect, choice))


def picked(asked: Asked) -> None:
    """A moment was picked in the message, which then shows it by itself."""
    number, _, seconds = asked.act.value.partition(" ")
    about = planning.form(*asked.by, row_id(number))
    planning.plan(*asked.by, about.pair_id, _chosen(moments.at(seconds)))
    if asked.act.in_answer:
        checkins.show_again(asked)


def form(asked: Asked) -> None:
    """Ask for a day and a time in a form."""
    asked.open(views.when_modal(planning.form(*asked.by, asked.act.row_id)))


def form_of_pair(asked: Asked) -> None:
    """Ask the same about a pair; what there is for its next meeting becomes the form."""
    asked.open(views.when_modal(planning.form_of_pair(*asked.by, asked.act.row_id)))


def submitted(asked: Asked) -> None:
    """Keep what was said in the form, and say what follows from it."""
    about = asked.act.carried
    if not isinstance(about, Plans):
        raise NoSuchPair
    own = planning.pairs_of(*asked.by)
    pair = next((one for one in own.pairs if one.id == about.pair_id), None)
    if pair is None:
        raise NoSuchPair
    at = _chosen(moments.answered(asked.act.answers, PlanField.WHEN))
    said = planning.plan(*asked.by, pair.id, at)
    told = views.kept(pair.partner_of(asked.person_id), said.at, own.zone)
    asked.ack(response_action="update", view=notice(told, views.TITLE))
    home.show(asked.services, asked.client, asked.person_id)


def _chosen(at: datetime | None) -> datetime:
    if at is None:
        raise Invalid({PlanField.WHEN: "Choose a day and a time."})
    return at


def reflect(choice: Reflection, asked: Asked) -> None:
    """Keep how a meeting was; the message then shows it by itself."""
    reflecting.reflect(*asked.by, asked.act.row_id, choice)
    if asked.act.in_answer:
        checkins.show_again(asked)


def typed_planned(asked: Asked) -> None:
    """`planned Friday 15:00`, behind a pair's number if there are several; without a time it is the answer alone."""
    own = planning.pairs_of(*asked.by)
    current, zone, now = own.pairs, own.zone, own.now
    if not current:
        raise NoCheckIn
    chosen, reading = _read(asked.rest, current, zone, now)
    if reading.at is None and not reading.days and words.answered(f"planned {asked.rest}"):
        checkins.typed_checkin(replace(asked, rest=f"planned {asked.rest}".strip()))
    elif reading.at is None:
        asked.say(views.not_read(asked.rest, bool(reading.days), reading.has_time))
    elif chosen is None:
        asked.say(views.which(current, asked.person_id, asked.rest))
    else:
        said = planning.plan(*asked.by, chosen.id, reading.at)
        asked.say(views.kept(chosen.partner_of(asked.person_id), said.at, zone))


def _read(text: str, current: Sequence[Pair], zone: str, now: datetime) -> tuple[Pair | None, times.Reading]:
    """The pair that is meant, and when it meets; a number in front is that of a pair only if one has it."""
    today = local_date(now, zone)
    only = current[0] if len(current) == 1 else None
    whole = times.read(text, today, zone)
    numbered = _NUMBERED.fullmatch(text.strip())
    pair = next((one for one in current if numbered and one.id == row_id(numbered[1])), None)
    if numbered and pair is not None:
        behind = times.read(numbered[2], today, zone)
        if behind.at is not None and not (whole.at is not None and whole.at > now):
            return pair, behind
    return only, whole
