"""Where a member stands, and pausing, coming back and leaving: typed or by a button."""

from __future__ import annotations

from datetime import date

from handlers import dates, home, payloads, words
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.keyboards import plain
from handlers.replying import Asked
from handlers.views import Rendered, replies
from handlers.wording import not_a_date, notice, which_day
from program import members, returning

_SURE = frozenset({"yes", "now"})


def register(on: Hearing) -> None:
    """Listen for the buttons."""
    on.action(Action.STATUS, status)
    on.action(Action.PAUSE, pause)
    on.action(Action.PAUSE_UNTIL, pause_until)
    on.action(Action.RESUME, resume)
    on.action(Action.LEAVE, leave)
    on.action(Action.COME_BACK, come_back)
    on.action(Action.STAY_OUT, stay_out)


def status(asked: Asked) -> None:
    """Show where somebody stands."""
    asked.say(replies.status(members.status(*asked.by)))


def typed_pause(asked: Asked) -> None:
    """`pause`, or until a day: `pause until Friday`, `pause 2 weeks`, `pause 2027-01-31`."""
    if words.alone(asked.rest):
        asked.say(_paused(asked, None))
        return
    meant = dates.read(asked.rest, members.today(*asked.by))
    if meant.day:
        asked.say(_paused(asked, meant.day))
    elif meant.days:
        asked.say(which_day(asked.rest, meant.days))
    else:
        asked.say(not_a_date(asked.rest))


def _paused(asked: Asked, until: date | None) -> Rendered:
    members.pause(*asked.by, until)
    return replies.paused(until)


def typed_resume(asked: Asked) -> None:
    """`resume`: take part again."""
    asked.say(_back(asked))


def _back(asked: Asked) -> Rendered:
    back = returning.resume(*asked.by)
    return replies.came_back(back.standing, back.partners)


def typed_leave(asked: Asked) -> None:
    """`leave` asks first; `leave yes` does it. For somebody who was asked to come back, it says no."""
    if returning.is_away(*asked.by):
        returning.decline(*asked.by)
        asked.say(replies.stayed_out())
    elif plain(asked.rest).casefold() in _SURE:
        members.leave(*asked.by)
        asked.say(replies.left())
    else:
        members.status(*asked.by)  # whoever is not enrolled is told so
        asked.say(replies.leave_question())


def pause(asked: Asked) -> None:
    """Pause until they come back, or until the day that the button names."""
    told = _paused(asked, payloads.day(asked.act.value))
    if not asked.act.on_home:
        asked.say(told, instead=True)
    home.refresh(asked)


def pause_until(asked: Asked) -> None:
    """Pause until the day that was picked; a day that was taken out again pauses nobody."""
    if payloads.day(asked.act.value):
        pause(asked)
    else:
        home.refresh(asked)


def resume(asked: Asked) -> None:
    """Come back; the message about a pause turns into a welcome by itself."""
    act, told = asked.act, _back(asked)
    if act.in_answer:
        asked.say(told, instead=True)
    if act.view is not None and not act.on_home:
        asked.update(notice(told))
    home.refresh(asked)


def leave(asked: Asked) -> None:
    """Leave; the button comes with a question before it."""
    members.leave(*asked.by)
    if not asked.act.on_home:
        asked.say(replies.left(), instead=True)
    home.refresh(asked)


def come_back(asked: Asked) -> None:
    """Take part again after an absence; the question turns into the answer by itself."""
    returning.resume(*asked.by)
    home.refresh(asked)


def stay_out(asked: Asked) -> None:
    """Stay out after an absence; the question turns into the answer by itself."""
    returning.decline(*asked.by)
    home.refresh(asked)
