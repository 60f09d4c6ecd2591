"""What a modal carries in its `private_metadata`: values, and the only place that writes and reads them as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

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
class OfRules:
    """The open section of rules and weights, and what was typed in others, by field.

    `seen` names the rules as they were when they were opened; `from_home` is where.
    """

    section: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    from_home: bool = False


Carried = FromHome | OnPage | Declines | LooksAt | OfRules


def written(carried: Carried) -> str:
    """The text that a modal carries for a value; it stays what it is, because open modals keep it."""
    match carried:
        case FromHome():
            return _HOME
        case OnPage(page):
            return str(page)
        case LooksAt(subject, page):
            return f"{subject}{_PAGE}{page}"
        case OfRules(section, typed, seen, from_home):
            return json.dumps(
                [section, dict(typed), seen, from_home], ensure_ascii=False, separators=(",", ":")
            )
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
        case Callback.REVIEW:
            return OnPage(row_id(text))
        case Callback.RULES:
            return _of_rules(text)
        case _:
            return None


def _of_rules(text: str) -> OfRules:
    try:
        section, typed, seen, from_home = json.loads(text)
        return OfRules(
            str(section), {str(key): str(value) for key, value in typed.items()}, str(seen), bool(from_home)
        )
    except (ValueError, TypeError, AttributeError):
        return OfRules()
