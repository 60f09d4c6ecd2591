"""What stands on a screen for weeks is true for weeks: words like "this week" only where something keeps them true."""

from __future__ import annotations

import re

from handlers.views import render
from tests.house import spoken

_PASSING = re.compile(
    r"\b(?:this (?:week|month|morning|afternoon)|today|tonight|tomorrow|yesterday|(?<!too )soon|just now|right now|"
    r"at the moment|(?:next|last) (?:week|month)|\w+ (?:minutes?|hours?|days?|weeks?|months?) ago)\b",
    re.IGNORECASE,
)

_FOLLOWS = "a fact: the message is made anew when it changes (decision 11)"
KEPT_TRUE = {
    r"[Hh]ave you(?:,| and) .* met this week\?": "the question closes when its week is over, and a later one names it",
    "Nothing needs you this week": "a digest says of which week it is",
    "You are in no pair right now": _FOLLOWS,
    "This introduction is not planned at the moment": _FOLLOWS,
    "You do not take part": _FOLLOWS,
    "Nobody leads .* right now": _FOLLOWS,
    "Right now there is no program lead": _FOLLOWS,
}
"""What may be said for a time, and why it does not stay longer than it is true."""


def test_no_message_says_what_time_makes_untrue() -> None:
    found = {
        sentence
        for content in spoken.contents()
        for sentence in spoken.sentences(render(content).text)
        if _PASSING.search(sentence) and not any(re.search(known, sentence) for known in KEPT_TRUE)
    }
    assert found == set()
