"""What keyboards, editors and pasting add to what somebody types, taken away again."""

from __future__ import annotations

import re
import unicodedata

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_JOINERS = "\u200c\u200d"
"""Between letters of Persian and the parts of an emoji they belong to the word; at its ends they do not."""

_BLANK = (0x115F, 0x1160, 0x3164)
"""Letters of Korean that are there and are not to be seen."""

_INVISIBLE = dict.fromkeys(
    number
    for number in (*range(0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *_BLANK)
    if number in _BLANK or (unicodedata.category(chr(number)) == "Cf" and chr(number) not in _JOINERS)
)
"""What is seen by nobody, such as the marks that phones put around a number in a text of another direction."""

_DOTS = {0x130: "I", 0x131: "i", 0x307: None, 0xFE0E: None, 0xFE0F: None, 0x20E3: None}
"""On a Turkish keyboard, I and i are other letters than elsewhere: JO\u0130N and jo\u0131n mean join.

The last three only turn a letter or a digit into a picture, or back.
"""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4"), "'") | dict.fromkeys(
    map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'
)
_PAIRS = {
    **{mark: mark for mark in ("```", "`", "*", "_", "~", '"', "'")},
    "\u201c": "\u201d",
    "\u201e": "\u201c",
    "\u2018": "\u2019",
    "\u201a": "\u2018",
    "\u00ab": "\u00bb",
}
_EMOJI = re.compile(r"(?<![0-9]):[a-z0-9_+'-]+:(?![0-9])")
"""As Slack writes them, like `:pray:`; a time like 10:30:00 has none in it."""

_UNREAD = frozenset(("Cf", "Cc", "So", "Sk"))
"""Kinds of characters that are seen and not read, or not even seen: pictures, tones of skin, marks of formatting."""
_EDGES = " .,;:!?…\"'*_~-()[]{}"
_CALLED = re.compile(
    r"(?:<@[UW][A-Z0-9]+(?:\|[^>]*)?>|[@/]?reverse[\s_\u2010-\u2015\u2212-]?mentor\b)[\s,:]*", re.IGNORECASE
)
_QUOTED = re.compile(r"(?:>|•|&gt;)\s*")


def tidy(text: str) -> str:
    """The text without what is invisible or only dresses the whole of it; what somebody wrote inside stays.

    Wide letters and odd spaces become plain ones; the marks of code, bold and quotation around the whole go, as do the
    bot's own name and the command in front of it.
    """
    text = text.translate(_WIDE).translate(_INVISIBLE)
    text = "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)
    while True:
        shorter = _undressed(text.strip())
        if shorter == text:
            return text
        text = shorter


def _undressed(text: str) -> str:
    text = text.strip(_JOINERS)
    shut = text.rstrip(" .,!?…")
    for opening, closing in _PAIRS.items():
        inner = shut[len(opening) : -len(closing)]
        whole = shut.startswith(opening) and shut.endswith(closing) and len(shut) > len(opening + closing)
        if whole and opening not in inner and closing not in inner:
            return inner
    found = _QUOTED.match(text) or _CALLED.match(text)
    return text[found.end() :] if found else text


def plain(text: str) -> str:
    """The text as a plain keyboard would have written it, to be read and not to be kept.

    Gone are compatibility forms (NFKC), typographic dashes and quotation marks, marks of formatting, emoji, and
    punctuation at both ends.
    """
    text = _EMOJI.sub(" ", text).translate(_QUOTES).translate(_DASHES)
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES)
    shown = "".join(char for char in text if unicodedata.category(char) not in _UNREAD or char in "\t\n")
    return " ".join(re.sub(r"[*~`]", "", shown.translate(_DOTS)).split()).strip(_EDGES)
