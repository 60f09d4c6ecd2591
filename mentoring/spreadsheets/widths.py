"""How wide a text is on a terminal, where East Asian characters take two places and accents none."""

from __future__ import annotations

import unicodedata

_WIDE = frozenset("WF")
"""Unicode Standard Annex 11: wide and fullwidth characters take two places."""

_NO_PLACE = frozenset(("Mn", "Me", "Cf"))
"""General categories of characters that are drawn onto others, or not at all."""

_CUT = "…"


def width(text: str) -> int:
    """Return how many places a text takes."""
    return len(text) if text.isascii() else sum(map(_places, text))


def padded(text: str, places: int) -> str:
    """Return the text with spaces behind it, so that it takes as many places."""
    return text + " " * (places - width(text))


def shortened(text: str, places: int) -> str:
    """Return the text, or its beginning with an ellipsis, so that it takes no more places than these."""
    if width(text) <= places:
        return text
    room, kept = places - width(_CUT), []
    for char in text:
        room -= _places(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + _CUT


def _places(char: str) -> int:
    if unicodedata.category(char) in _NO_PLACE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
