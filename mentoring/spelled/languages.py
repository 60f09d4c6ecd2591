"""Languages by their names in English, in their own language and in others, and by their codes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mentoring.spelled.texts import folded, listed, one_line

_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SAME_CODE = {"nb": "no", "nn": "no", "cmn": "zh", "iw": "he", "in": "id", "tl": "fil"}
"""Codes of standards, older ones and written forms. Source: https://www.iana.org/assignments/language-subtag-registry."""


@lru_cache(maxsize=4_096)
def language_key(text: str) -> str:
    """Return the same for every way to write one language: its ISO 639 code, or the text in small letters.

    "Deutsch", "German", "de", "de-AT" and "German (Austria)" are one language.
    """
    line = one_line(text)
    bare = re.sub(r"\s*\([^()]*\)$", "", line)
    known = _names().get(folded(line)) or _names().get(folded(bare))
    if known:
        return known
    code = _CODE.fullmatch(bare)
    short = code[1].casefold() if code else ""
    short = _SAME_CODE.get(short, short)
    return short if short in _codes() else line.casefold()


def languages_beginning(typed: str) -> list[str]:
    """Return the codes of languages that have a name beginning with what was typed."""
    start = folded(typed)
    found = (code for name, code in _names().items() if name.startswith(start))
    return list(dict.fromkeys(found)) if start else []


@cache
def _names() -> dict[str, str]:
    return {folded(name): code for code, names in listed("languages.txt") for name in names}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in listed("languages.txt"))
