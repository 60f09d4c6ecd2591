"""What a modal carries in its `private_metadata`: values, and the only place that writes and reads them as text."""

from __future__ import annotations

import json
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
class JoinsBy:
    """Somebody is about to join by that invitation."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class Invites:
    """This channel is about to be invited, with these words."""

    channel: str
    words: str


Carried = FromHome | OnPage | Declines | LooksAt | JoinsBy | Invites


def written(carried: Carried) -> str:
    """The text that a modal carries for a value; it stays what it is, because open modals keep it."""
    match carried:
        case FromHome():
            return _HOME
        case OnPage(page):
            return str(page)
        case LooksAt(subject, page):
            return f"{subject}{_PAGE}{page}"
        case Declines(pair_id, None):
            return str(pair_id)
        case Declines(pair_id, page):
            return f"{pair_id}{_PAGE}{page}"
        case JoinsBy(invitation_id):
            return str(invitation_id)
        case Invites(channel, words):
            return json.dumps([channel, words])


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
        case Callback.REVIEW:
            return OnPage(row_id(text))
        case Callback.PROFILE:
            return JoinsBy(row_id(text)) if row_id(text) else None
        case Callback.INVITE_PREVIEW:
            return _invites(text)
        case _:
            return None


def _invites(text: str) -> Invites | None:
    try:
        channel, words = map(str, json.loads(text))
    except (ValueError, TypeError):
        return None
    return Invites(channel, words)
