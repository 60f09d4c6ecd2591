"""What people do, as the log may name it: by ids and by our own words, never by what anybody typed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, Protocol

from handlers import ids, plan_ids, sayings
from handlers.ids import Callback, Word
from handlers.payloads import Act, Kind

DONE: Final = "done"
UNKNOWN: Final = "unknown"
"""Nothing listens to it: a button or a form of an older version."""

DATABASE: Final = "database"
SLACK: Final = "slack"
"""The database, or Slack, did not do its part."""

FAILED: Final = "failed"
"""It is our mistake."""

TROUBLES: Final = (UNKNOWN, DATABASE, SLACK, FAILED)
"""What is neither done nor refused for a reason that the person was told."""

OTHER: Final = "other"
"""In place of a word that is not ours."""

_OURS: Final = frozenset(
    value
    for kind in (*vars(ids).values(), *vars(plan_ids).values())
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    for value in kind
)
"""Every name of a button, a field or a form."""

_FORMS: Final = frozenset(Callback)
_WORDS: Final = ids.ALIASES | frozenset(Word)
_KINDS: Final = {
    Kind.COMMAND: "command",
    Kind.CLICK: "click",
    Kind.SUBMISSION: "form",
    Kind.CLOSING: "closing",
    Kind.SEARCH: "search",
    Kind.EVENT: "message",
}


class Acts(Protocol):
    """Hears of each act."""

    def begun(self, act_id: str, act: Act) -> Callable[[str], None]:
        """An act begins; what it gives is to be called with what came of it."""


class NobodyLooks:
    """Where nobody wants to know."""

    def begun(self, _act_id: str, _act: Act) -> Callable[[str], None]:
        """Let it pass."""
        return _ignored


def _ignored(_outcome: str) -> None:
    """Keep nothing of it."""


def kind_of(act: Act) -> str:
    """A word for what sort of act it is."""
    return _KINDS.get(act.kind, OTHER)


def name_of(act: Act) -> str:
    """What was clicked, typed or sent, by a word of ours; `OTHER` for what is none."""
    match act.kind:
        case Kind.CLICK | Kind.SEARCH:
            return act.action if act.action in _OURS else OTHER
        case Kind.SUBMISSION | Kind.CLOSING:
            form = act.view.whole.get("callback_id") if act.view else None
            return str(form) if form in _FORMS else OTHER
        case _:
            return _typed(act.value)


def _typed(text: str) -> str:
    """The first word of what was typed, where it is one that the bot knows."""
    word = sayings.read(text, _WORDS).word
    return word if word in _WORDS else OTHER if word else "profile"
