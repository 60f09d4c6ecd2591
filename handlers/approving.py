"""Approving all at once: asked for in the review or typed, confirmed with what was seen, and told with what stays."""

from __future__ import annotations

from handlers import deciding, words
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.replying import Asked
from handlers.views import all_at_once
from program import approving_all, sight


def register(on: Hearing) -> None:
    """Listen for the button that confirms it."""
    on.action(Action.APPROVE_ALL, approve_all)


def typed_all(asked: Asked) -> None:
    """`approve all` says what that would do, and how to confirm it; `approve all 412-3fa9c1` does it.

    The code stands for what was seen: once something has changed, nothing is approved and the new state is told.
    """
    waiting, code = approving_all.about_to(*asked.by), words.code_in(asked.rest)
    if not waiting.number:
        asked.say(all_at_once.nothing(waiting))
    elif code != sight.code_of(waiting.seen):
        asked.say(all_at_once.question(waiting, anew=bool(code)))
    else:
        asked.say(all_at_once.done(approving_all.approve_seen(*asked.by, waiting.seen)))


def approve_all(asked: Asked) -> None:
    """Approve what the button's reader saw."""
    told = all_at_once.done(approving_all.approve_seen(*asked.by, asked.act.value))
    if deciding.in_review(asked):
        asked.update(deciding.review_page(asked, deciding.page_of(asked), told))
    else:
        asked.say(told, instead=True)
