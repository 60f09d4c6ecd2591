"""Yes and no in many languages, in the words of spreadsheet programs and of forms."""

from __future__ import annotations

from functools import cache

from mentoring.spelled.texts import Unclear, folded, listed, one_line

_EITHER = frozenset("× ✗ ✘ ☒ ❌ o v".split())
"""Marks that are a tick in one place and a no in another, and letters that could be a slip or an abbreviation."""


def _key(text: str) -> str:
    """Return the words of an answer; marks, which have no letters, stay as they are."""
    return folded(text) or text.strip().rstrip("\ufe0f")


@cache
def _answers() -> dict[str, bool]:
    return {_key(word): meaning == "yes" for meaning, words in listed("answers.txt") for word in words}


def read_answer(text: str) -> bool:
    """Return whether a text says yes; raises `Unclear` when it says neither, or both in different places."""
    line = one_line(text)
    line = line[:-2] if line in ("1.0", "0.0", "1,0", "0,0") else line
    mark = text.strip().rstrip("\ufe0f")
    if mark in _EITHER or line.casefold() in _EITHER:
        raise Unclear("can mean yes or no. Give yes or no.")
    found = _answers().get(_key(line), _answers().get(mark))
    if found is None:
        raise Unclear("is neither yes nor no. Give yes, no, true, false, 1 or 0.")
    return found
