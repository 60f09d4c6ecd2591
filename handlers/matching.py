"""What leads set going ahead of the calendar: looking for pairs, and introducing the approved ones."""

from __future__ import annotations

from handlers import home
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.replying import Asked
from handlers.views import replies
from program import cycles, introductions


def register(on: Hearing) -> None:
    """Listen for the two buttons."""
    on.action(Action.MATCH, match)
    on.action(Action.INTRODUCE, introduce)


def match(asked: Asked) -> None:
    """Look for pairs now. With many people that takes longer than Slack waits for an ack, so it is kept first."""
    cycles.ask_to_match(*asked.by)
    asked.takes_longer()
    asked.say(replies.matched(cycles.match_now(*asked.by)))
    home.refresh(asked)


def introduce(asked: Asked) -> None:
    """Introduce the approved pairs now, but for those whose mentee has not answered."""
    done = introductions.introduce_now(*asked.by)
    asked.say(replies.introduced(done, introductions.unanswered(*asked.by)))
    home.refresh(asked)
