"""Before a cycle is matched: what leads look at and set going, and who says that they are in."""

from __future__ import annotations

from functools import partial

from handlers import home
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.replying import Asked
from handlers.views import readiness as views
from program import readiness


def register(on: Hearing) -> None:
    """Listen for the buttons."""
    on.action(Action.READY, ready)
    on.action(Action.REMIND, remind)
    on.action(Action.CYCLE_IN, partial(answer, True))
    on.action(Action.CYCLE_SKIP, partial(answer, False))


def ready(asked: Asked) -> None:
    """`ready`, or its button: who is not ready for the next cycle, and what is offered and wanted."""
    found = readiness.look(*asked.by)
    asked.say_or_plainly(views.before_the_run(found, table=True), views.before_the_run(found, table=False))


def remind(asked: Asked) -> None:
    """`remind`, or its button: one message to each who is not ready."""
    waiting = readiness.look(*asked.by).to_remind
    found = readiness.remind(*asked.by)
    asked.say(views.reminded(waiting, found))


def answer(is_in: bool, asked: Asked) -> None:
    """A button of the question whether somebody is in; the message itself shows what they said."""
    readiness.answer(*asked.by, is_in, asked.act.row_id)
    home.refresh(asked)


def typed_answer(is_in: bool, asked: Asked) -> None:
    """`in` or `skip`: about the next cycle."""
    asked.say(views.next_cycle(readiness.answer(*asked.by, is_in)))
    home.refresh(asked)
