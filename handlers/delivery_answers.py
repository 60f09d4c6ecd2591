"""Somebody says what became of messages of which Slack never said whether they arrived."""

from __future__ import annotations

from functools import partial

from handlers.hearing import Hearing
from handlers.ids import Action, Word, row_id
from handlers.metadata import LooksAt
from handlers.replying import Asked
from handlers.views import Rendered
from handlers.views.doubts import doubts_modal
from handlers.wording import (
    all_settled,
    looks_after,
    refusal,
    settled,
    which_introduction,
    which_message,
    with_note,
)
from mentoring.errors import ProgramError
from program import cases, outgoing, unknown

_ALL = "all"


def register(on: Hearing) -> None:
    """Listen for the answers about one message and about many, for the modal's pages, and for who takes a case."""
    on.action(Action.SEND_AGAIN, partial(settle, False))
    on.action(Action.IT_ARRIVED, partial(settle, True))
    on.action(Action.SEND_ALL_AGAIN, partial(settle_all, False))
    on.action(Action.ALL_ARRIVED, partial(settle_all, True))
    on.action(Action.LOOK_ONE_BY_ONE, look)
    on.action(Action.DOUBTS_PAGE_PREVIOUS, partial(turn, -1))
    on.action(Action.DOUBTS_PAGE_NEXT, partial(turn, 1))
    on.action(Action.LOOK_AFTER, look_after)


def typed_settle(word: Word, asked: Asked) -> None:
    """`send-again 7`, `it-arrived 7`, and the same with `all`."""
    arrived = word is Word.IT_ARRIVED
    if asked.rest.strip().casefold() == _ALL:
        asked.say(all_settled(arrived, unknown.settle_all(*asked.by, arrived)))
        return
    number = row_id(asked.rest)
    if not number:
        asked.say(which_message(word))
        return
    outgoing.settle(*asked.by, number, arrived)
    asked.say(settled(arrived))


def settle(arrived: bool, asked: Asked) -> None:
    """Settle it from a button; the question then shows what became of it by itself, and a modal at once."""
    if isinstance(asked.act.carried, LooksAt):
        _settle_in_modal(arrived, asked, asked.act.carried)
        return
    outgoing.settle(*asked.by, asked.act.row_id, arrived)


def _settle_in_modal(arrived: bool, asked: Asked, shown: LooksAt) -> None:
    try:
        outgoing.settle(*asked.by, asked.act.row_id, arrived)
        told = settled(arrived)
    except ProgramError as error:
        told = refusal(error)
    _show(asked, shown, told)


def settle_all(arrived: bool, asked: Asked) -> None:
    """Settle every message that the question showed when its button was pressed."""
    subject, dot, up_to = asked.act.value.partition(".")
    unknown.settle_all(*asked.by, arrived, row_id(subject) or -1, row_id(up_to) if dot else None)


def look(asked: Asked) -> None:
    """Open the modal with each message of the question."""
    asked.open(doubts_modal(unknown.one_by_one(*asked.by, asked.act.row_id), 0))


def turn(by: int, asked: Asked) -> None:
    """Turn the page."""
    if isinstance(shown := asked.act.carried, LooksAt):
        _show(asked, LooksAt(shown.subject, shown.page + by))


def _show(asked: Asked, shown: LooksAt, told: Rendered | None = None) -> None:
    view = doubts_modal(unknown.one_by_one(*asked.by, shown.subject), shown.page)
    asked.update(with_note(view, told) if told else view)


def look_after(asked: Asked) -> None:
    """Take a pair's introduction from a button; the message then shows who did."""
    cases.take(*asked.by, asked.act.row_id)


def typed_look_after(asked: Asked) -> None:
    """`look-after 12`."""
    number = row_id(asked.rest)
    if not number:
        asked.say(which_introduction())
        return
    cases.take(*asked.by, number)
    asked.say(looks_after(number))
