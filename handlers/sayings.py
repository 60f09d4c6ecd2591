"""Other words for what can be typed, like `stop` or `who is my mentor`: what people write before they read the help."""

from __future__ import annotations

import re
from collections.abc import Collection

from handlers import words
from handlers.ids import Word
from handlers.keyboards import plain, tidy
from handlers.words import Line

_THE = r"(?:my |the |this |our )?"
_MINE = r"(?:who(?:'s| is| are)? )?my (?:pairs?|partners?|mentors?|mentees?|match|buddy)|who am i paired with"
_WANT = r"(?:i (?:want|need|would like) |i'd like )?"

_SAYINGS: dict[str, tuple[str, ...]] = {
    # Leaving and ending come with a question, so what may be meant is enough.
    "leave": (
        r"stop|quit|exit|unsubscribe|unenroll|unregister|deregister|withdraw|(?:opt|drop)[ -]?out|sign[ -]?off",
        r"(?:remove|delete|forget|unsubscribe|take) me(?: out| off)?|(?:sign|opt) me (?:out|off)",
        r"i(?: want to|'d like to| would like to)? (?:leave|quit)",
        rf"(?:leave|quit|cancel|stop) {_THE}(?:program|participation|membership)",
    ),
    "partner end": (
        rf"(?:end|close|cancel|stop|quit|leave) {_THE}(?:pair|pairing|partner|partnership|match)",
    ),
    "partner": (
        rf"{_MINE}|partners|pairs|mentors?|mentees?|buddy|rematch",
        rf"{_WANT}(?:an?other|a new|new|different|change(?: my)?) (?:partner|mentor|mentee|pair|match)",
    ),
    "pause": (rf"{_WANT}(?:take |have |need )?(?:a )?break|snooze",),
    "pause {rest}": (
        rf"{_WANT}(?:take |have |need )?(?:a )?(?:break|snooze) (?P<rest>(?:for|until|till?|to) .+)",
    ),
    "resume": (r"unpause|unsnooze|continue|come back|rejoin|back|i'm back|i am back|back again",),
    "skip": (r"(?:skip|not|sit out)(?: (?:me|for|in))*(?: (?:the|this))?(?: next)? (?:cycle|round|time)",),
    "ask": (
        r"fewer|less|rarer|(?:ask )?less often|(?:fewer|less|too many) (?:questions|messages|check-?ins)",
    ),
    "ask {rest}": (
        r"(?P<rest>(?:every|each) (?:week|(?:other|second|fourth|[124]|two|four) weeks?|month|fortnight))",
        r"(?P<rest>weekly|fortnightly|bi-?weekly|monthly)",
    ),
    "status": (r"my status|where do i stand|where am i|am i (?:paused|in)|how am i doing",),
    "profile": (
        r"(?:edit|change|update|show|see|open) (?:my )?(?:profile|skills|details|experiences?)",
        r"my (?:profile|skills|details|experiences?)|experiences?",
    ),
    "join": (
        r"sign[ -]?(?:me )?up|enroll?(?: me)?|register|subscribe|start|i(?: want|'d like| would like) to join",
    ),
    "in": (r"count me in|i'm in|i am in",),
    "meeting": (r"my (?:next )?meetings?|next meeting|guide|agenda",),
    "help": (
        r"commands?|info|usage|menu|about|how|how does (?:this|it) work",
        r"what (?:can|do) (?:i|you) (?:type|do|say|know)",
    ),
    "settings": (r"preferences|options|(?:my |the )settings|config(?:uration)?",),
    "match": (r"(?:run|new|start)(?: the| a)? match(?:ing)?|propose(?: pairs)?",),
    "report": (r"stats|statistics",),
    "digest": (r"dashboard",),
    "unmatched": (r"(?:no|without a|who has no) partner|left out",),
}
"""The lines, and what people say, whole, who mean them; `rest` goes along."""

_READERS = tuple((re.compile(pattern), line) for line, patterns in _SAYINGS.items() for pattern in patterns)


_DECISIONS = {
    **dict.fromkeys(("accept", "confirm", "ok"), Word.APPROVE),
    **dict.fromkeys(("reject", "refuse", "deny"), Word.DECLINE),
    **dict.fromkeys(("revert", "unapprove", "undecline"), Word.UNDO),
}
"""What leads call it, before a pair's number; what follows, like a reason, stays as it was written."""


def read(text: str, known: Collection[str]) -> Line:
    """The line that a text stands for, or else its word and what follows it."""
    typed = words.read(text, known)
    if typed.word in _DECISIONS and words.numbered(typed.rest)[0]:
        return Line(_DECISIONS[typed.word], typed.rest)
    said = _said(text)
    for pattern, line in _READERS:
        if found := pattern.fullmatch(said):
            return words.read(line.format(**found.groupdict()), known)
    return typed


def _said(text: str) -> str:
    """The whole text in small letters, without what is only polite around it."""
    told = plain(tidy(text)).casefold().strip(" .!").split()
    while told and _is_polite(told[-1]):
        told.pop()
    while told and _is_polite(told[0]):
        told.pop(0)
    return " ".join(told).rstrip(",.!")


def _is_polite(word: str) -> bool:
    return word.strip(",.!") in words.POLITE
