"""A skill as somebody typed it: made fit to be shown, and brought into the form in which spellings are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mentoring.look_alikes import as_meant, in_latin

MAX_LABEL = 60
"""The most characters a skill's name may have; Slack allows 75 in an option."""

MAX_KEY = 200
"""The most characters of a key: one character of a label can become eighteen when it is compared."""

LONGEST = 10 * MAX_LABEL
"""Characters that are looked at of what somebody typed: a label can shrink, but no label comes of more.

Putting accents in order takes time that grows with the square of their number.
"""

_MOST_MARKS = 4
"""Accents in a row that a letter keeps, after https://www.unicode.org/reports/tr39/#Optional_Detection."""

_REMEMBERED = 32_768
"""How many texts each step keeps its answer for: a vocabulary is read again at every keystroke."""

_SIGNS = "+#"
_JOINERS = "\u200c\u200d"
"""Two invisible characters that scripts such as Persian and Hindi need inside words."""

_IDLE_JOINERS = re.compile(
    rf"(?<![^\x00-\x7f])[{_JOINERS}]+|[{_JOINERS}]+(?![^\x00-\x7f])|(?<=[{_JOINERS}])[{_JOINERS}]+"
)
"""Joiners that join nothing: beside an English letter, at an end, or after another one."""

_BLANK = "\u115f\u1160\u3164\uffa0"
"""Letters of Korean that only keep a place free."""


class SkillError(ValueError):
    """A skill's name cannot be used; the message is a plain sentence for whoever typed it."""


def clean_label(text: str) -> str:
    """Return the text as it will be shown: one line, no control or direction characters, 1 to 60 characters.

    Raises `SkillError` when nothing with a letter or digit is left, or too much.
    """
    spaced = " ".join(text.split())
    if len(spaced) > LONGEST:
        raise _too_long(len(spaced))
    return _cleaned(spaced)


@lru_cache(_REMEMBERED)
def _cleaned(spaced: str) -> str:
    shown = unicodedata.normalize("NFC", "".join(filter(_visible, spaced)))
    label = " ".join(_IDLE_JOINERS.sub("", _few_marks(shown)).split())
    if not skill_key(label):
        raise SkillError("Please name the skill with at least one letter or number.")
    if len(label) > MAX_LABEL:
        raise _too_long(len(label))
    return label


def _too_long(length: int) -> SkillError:
    return SkillError(f"Please keep a skill to {MAX_LABEL} characters. This one has {length}.")


def skill_key(text: str) -> str:
    """Return the form in which two spellings of one skill are equal, empty when there is no letter or digit.

    Upper and lower case, accents, spaces, punctuation, letters of another script that look the same in a mixed
    text, and the English plural do not count; the signs of "C++", "C#" and ".NET" do. Keys are for comparing and
    storing, never for showing. The database keeps them: whoever changes a key has to fill `words` and `uses` anew.
    """
    return _key(text[:LONGEST])


@lru_cache(_REMEMBERED)
def _key(text: str) -> str:
    return _spread_key(as_meant(_bare(text)))


def latin_key(text: str) -> str:
    """Return the key of the Latin text that this one looks like, which may be the same."""
    return _spread_key(in_latin(_bare(text[:LONGEST])))


def _spread_key(bare: str) -> str:
    return " ".join(map(_singular, _spread(bare).split()))[:MAX_KEY].strip()


def _visible(char: str) -> bool:
    """Return whether a character may be in a label: no control, direction, private or broken characters."""
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} or char in _BLANK
    return char in _JOINERS or not hidden


def _few_marks(text: str) -> str:
    """Return the text without accents that would pile up over the lines around it."""
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Return lower-case words of letters, digits and signs, without accents and other punctuation."""
    return _folded(text[:LONGEST])


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return _spread(_bare(text))


def _bare(text: str) -> str:
    """Return the text on one line in its plainest characters, without accents and what does not show."""
    spaced = " ".join(text.split())
    visible = "".join(char for char in spaced if _visible(char) and char not in _JOINERS)
    return _unmarked(unicodedata.normalize("NFKC", visible))


def _unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in apart if not "\u0300" <= char <= "\u036f"))


def _spread(bare: str) -> str:
    """Return the lower-case words of a bare text, without punctuation; empty without a letter or digit."""
    small = _unmarked(bare.casefold())
    whole = re.sub(r"(?<=\w)[.'’](?=\w)", "", small).replace("&", " and ")
    spaced = "".join(char if _counts(char) else " " for char in re.sub(r"\.(?!\w)", " ", whole))
    return " ".join(spaced.split()) if any(char.isalnum() for char in spaced) else ""


def _counts(char: str) -> bool:
    """Return whether a character is part of a word: a letter, mark, digit, sign, or the dot of ".NET"."""
    return unicodedata.category(char)[0] in "LMN" or char in _SIGNS or char == "."


def _singular(word: str) -> str:
    """Return an English word without its plural; words that only look like plurals lose it on both sides."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ie"):
        return f"{word[:-2]}y"
    return word[:-1] if word.endswith(("che", "she", "xe", "ze", "sse")) else word
