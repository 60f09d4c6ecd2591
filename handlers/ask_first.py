"""Answering the question before an introduction: on its message, on Home, or typed; and introducing anyway."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from functools import partial

from handlers import dates, home, matching, moments, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, SlotField
from handlers.keyboards import plain
from handlers.metadata import OffersTimes
from handlers.replying import Asked
from handlers.views import render, replies
from handlers.views.ask_first import slots_modal
from handlers.wording import times_not_read
from mentoring.ask_errors import NoQuestion, QuestionIsOver
from mentoring.ask_first import AfterNo, AskedFirst, SlotsForm
from mentoring.cadence import instant, local_date
from mentoring.people import parse_clock
from program import ask_first

_CLOCK = re.compile(r"^(?P<day>.+?)[\s,]+(?:at\s+)?(?P<time>[0-9]{1,2}[:.][0-9]{2})$", re.IGNORECASE)
_AFTER = {
    **dict.fromkeys(("again", "another", "look"), AfterNo.AGAIN),
    **dict.fromkeys(("skip", "none"), AfterNo.SKIP),
}


def register(on: Hearing) -> None:
    """Listen for the answers, the form for times, and the leads' button."""
    on.action(Action.ASK_YES, yes)
    on.action(Action.ASK_NO, no)
    on.action(Action.ASK_ANOTHER, partial(after_no, AfterNo.AGAIN))
    on.action(Action.ASK_SKIP, partial(after_no, AfterNo.SKIP))
    on.action(Action.ASK_BACK, take_back)
    on.action(Action.ASK_TIMES, times)
    on.action(Action.INTRODUCE_ANYWAY, introduce_anyway)
    on.view(Callback.ASK_TIMES, offered)


def yes(asked: Asked) -> None:
    """Keep a yes, and then ask for times; whoever closes the form has answered all the same."""
    found = ask_first.yes(*asked.by, asked.act.row_id)
    _answered(asked, found)
    if found.can_offer:
        asked.open(slots_modal(ask_first.form(*asked.by, found.number)))


def no(asked: Asked) -> None:
    """Keep a no; the message then asks what is wanted instead."""
    _answered(asked, ask_first.no(*asked.by, asked.act.row_id))


def after_no(after: AfterNo, asked: Asked) -> None:
    """Keep what somebody wants who said no."""
    _answered(asked, ask_first.wants(*asked.by, asked.act.row_id, after))


def take_back(asked: Asked) -> None:
    """Let a yes stand in the place of a no."""
    _answered(asked, ask_first.take_back(*asked.by, asked.act.row_id))


def _answered(asked: Asked, now: AskedFirst) -> None:
    if asked.act.in_answer:
        asked.say(render(now), instead=True)
    home.refresh(asked)


def times(asked: Asked) -> None:
    """Open the form for times."""
    asked.open(slots_modal(ask_first.form(*asked.by, asked.act.row_id)))


def offered(asked: Asked) -> None:
    """Keep the times; what is wrong is said at its field, and what was chosen stays."""
    act = asked.act
    number = act.carried.pair_id if isinstance(act.carried, OffersTimes) else 0
    chosen = {name.value: moments.answered(act.answers, name) for name in SlotField}
    ask_first.offer(*asked.by, number, chosen)
    asked.ack()
    home.refresh(asked)


def introduce_anyway(asked: Asked) -> None:
    """Introduce a pair whose mentee has not answered; the message then shows it."""
    ask_first.introduce(*asked.by, asked.act.row_id)
    home.refresh(asked)


def typed_introduce(asked: Asked) -> None:
    """`introduce` introduces all approved pairs that wait for no answer, `introduce 12` that one in any case."""
    number, _ = words.numbered(asked.rest)
    if number:
        asked.say(replies.already_decided(ask_first.introduce(*asked.by, number)))
        home.refresh(asked)
    else:
        matching.introduce(asked)


def typed_yes(asked: Asked) -> None:
    """`say-yes`, or `say-yes 12` where there are several questions; behind a no it takes that back."""
    number, _ = words.numbered(asked.rest)
    try:
        found = ask_first.yes(*asked.by, number)
    except QuestionIsOver:
        found = _taken_back(asked, number)
    _say(asked, found)


def _taken_back(asked: Asked, number: int) -> AskedFirst:
    try:
        return ask_first.take_back(*asked.by, number)
    except NoQuestion:  # they never said no
        raise QuestionIsOver from None


def typed_no(asked: Asked) -> None:
    """`not-this-time 12`, and then `again` or `skip` behind it, in one line or in a second one."""
    number, rest = words.numbered(asked.rest)
    after = _AFTER.get(plain(rest).casefold().strip(" ."))
    if after is None:
        _say(asked, ask_first.no(*asked.by, number))
        return
    if not number:
        raise NoQuestion
    _say(asked, _kept(asked, number, after))


def _kept(asked: Asked, number: int, after: AfterNo) -> AskedFirst:
    with suppress(QuestionIsOver):  # it was said before, and this is the second half
        ask_first.no(*asked.by, number)
    return ask_first.wants(*asked.by, number, after)


def typed_times(asked: Asked) -> None:
    """`times 12 2027-01-31 14:00, Feb 3 9:30`: when somebody who said yes can meet, in their own time."""
    number, rest = words.numbered(asked.rest)
    form = ask_first.form(*asked.by, number)
    listed = [part.strip() for part in re.split(r"[,;\n]", rest) if part.strip()]
    read = {part: _typed_moment(part, form) for part in listed}
    unread = [part for part, moment in read.items() if moment is None]
    if unread or not listed:
        asked.say(times_not_read(form.number, unread))
        return
    _say(asked, ask_first.offer(*asked.by, form.number, dict(read)))


def _typed_moment(text: str, form: SlotsForm) -> datetime | None:
    found = _CLOCK.match(plain(text))
    minutes = parse_clock(found["time"].replace(".", ":")) if found else None
    if found is None or minutes is None:
        return None
    day = dates.read(found["day"], local_date(form.begins, form.work.zone)).day
    return instant(day, minutes, form.work.zone) if day else None


def _say(asked: Asked, now: AskedFirst) -> None:
    asked.say(render(now))
    home.refresh(asked)
