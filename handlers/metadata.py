"""What a modal carries in its `private_metadata`: values, and the only place that writes and reads them as text."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.ids import Callback, row_id

_HOME = "home"
_PAGE = " page "


@dataclass(frozen=True, slots=True)
class FromHome:
    """It was opened from the Home tab, which is shown anew once the modal is used."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """The review shows this page, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class LooksAt:
    """The messages of unknown fate in the question about `subject`, on this page, counted from 0."""

    subject: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Declines:
    """A pair is to be declined; `page` is that of the review below, None where there is none."""

    pair_id: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What speaks against pairing these two stands in the form."""

    mentor_id: str
    mentee_id: str


Carried = FromHome | OnPage | Declines | LooksAt | Named


def written(carried: Carried) -> str:
    """The text that a modal carries for a value; it stays what it is, because open modals keep it."""
    match carried:
        case FromHome():
            return _HOME
        case OnPage(page):
            return str(page)
        case LooksAt(subject, page):
            return f"{subject}{_PAGE}{page}"
        case Named(mentor_id, mentee_id):
            return f"{mentor_id} {mentee_id}"
        case Declines(pair_id, None):
            return str(pair_id)
        case Declines(pair_id, page):
            return f"{pair_id}{_PAGE}{page}"


def read(callback: str, text: str) -> Carried | None:
    """The value in a modal's text; None where it carries none. Numbers that nothing has are 0."""
    if text == _HOME:
        return FromHome()
    match callback:
        case Callback.DECLINE:
            number, sign, page = text.partition(_PAGE)
            return Declines(row_id(number), row_id(page) if sign else None)
        case Callback.DOUBTS:
            number, _, page = text.partition(_PAGE)
            return LooksAt(row_id(number), row_id(page))
        case Callback.PAIR:
            one, _, other = text.partition(" ")
            return Named(one, other) if other else None
        case Callback.REVIEW:
            return OnPage(row_id(text))
        case _:
            return None
