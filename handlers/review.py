"""The review modal: many pairs, ten on a page, to sieve and to decide, one by one or all at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handlers import deciding
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.metadata import OnPage, shows_of, sorted_by_of
from handlers.replying import Asked
from handlers.views import Rendered
from handlers.views.review import EVERY
from handlers.wording import refusal
from mentoring.errors import AlreadyDecided, PairBroken, ProgramError
from program.forms import Sieve


def register(on: Hearing) -> None:
    """Listen for the button that opens the review, and for those inside it."""
    on.action(Action.REVIEW, review)
    on.action(Action.REVIEW_APPROVE, approve)
    on.action(Action.REVIEW_DECLINE, decline)
    on.action(Action.REVIEW_PAGE_PREVIOUS, partial(turn, -1))
    on.action(Action.REVIEW_PAGE_NEXT, partial(turn, 1))
    for action in (
        *(Action.REVIEW_SHOWS, Action.REVIEW_SORTED_BY, Action.REVIEW_DEPARTMENT),
        *(Action.REVIEW_SKILL, Action.REVIEW_PERSON, Action.REVIEW_EVERYBODY),
    ):
        on.action(action, choose)


def review(asked: Asked) -> None:
    """Open the review: the pairs of the newest cycle, page by page."""
    asked.open(deciding.review_page(asked, OnPage()))


def approve(asked: Asked) -> None:
    """Approve a pair, which then says so in its place."""
    told = None
    try:
        deciding.approve(asked, asked.act.row_id)
    except ProgramError as error:
        told = said_above(error)
    show(asked, deciding.page_of(asked), told)


def said_above(error: ProgramError) -> Rendered | None:
    """What is told above the page about a refusal; nothing of one that the pair tells itself, in its place."""
    return None if isinstance(error, AlreadyDecided | PairBroken) else refusal(error)


def decline(asked: Asked) -> None:
    """Ask for a reason on top of the review; a pair that is decided already says so on the page."""
    page = deciding.page_of(asked)
    try:
        view = deciding.decline_form(asked, page)
    except ProgramError as error:
        show(asked, page, said_above(error))
    else:
        asked.push(view)


def turn(by: int, asked: Asked) -> None:
    """Turn the page."""
    show(asked, deciding.page_of(asked), by=by)


def choose(asked: Asked) -> None:
    """Show other pairs, or in another order, from the first page on."""
    page, value = deciding.page_of(asked), asked.act.value
    # What was decided since the review was opened makes way now.
    show(asked, OnPage(0, replace(_sieve(page.sieve, asked.act.action, value), since=None)))


def _sieve(sieve: Sieve, action: str, value: str) -> Sieve:
    word = "" if value == EVERY else value
    match action:
        case Action.REVIEW_SHOWS:
            return replace(sieve, shows=shows_of(value))
        case Action.REVIEW_SORTED_BY:
            return replace(sieve, by=sorted_by_of(value))
        case Action.REVIEW_DEPARTMENT:
            return replace(sieve, department=word)
        case Action.REVIEW_SKILL:
            return replace(sieve, skill=word)
        case Action.REVIEW_PERSON:
            return replace(sieve, person=word)
        case _:
            return replace(sieve, person="")


def show(asked: Asked, page: OnPage, note: Rendered | None = None, by: int = 0) -> None:
    """Show a page of the review as it is now, or the one so many turns from it."""
    asked.update(deciding.review_page(asked, page, note, by))
