"""The form in which two spellings of a word are equal, and the lists of words shipped beside this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources

LONGEST = 200
"""A longer text is none of what is read here."""


class Unclear(ValueError):
    """A text that means nothing here, or more than one thing; the message goes on after the text as it was written.

    `candidates` are what it may mean, to choose from.
    """

    def __init__(self, words: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(words)
        self.candidates = tuple(candidates)


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return the words of a text without case, accents, widths, invisible signs and punctuation."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in parts if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join(re.sub(r"[^\w]|_", " ", re.sub(r"[.'’ʼ`]", "", kept)).split())


def one_line(text: str) -> str:
    """Return a text in one line, full-width signs narrow, and every dash and minus sign as one."""
    plain = unicodedata.normalize("NFKC", text)
    shown = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return re.sub("[‐‑‒–—―−﹣]", "-", " ".join(shown.split()))


def listed(file: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines "meaning: word; word" of a list in this folder."""
    text = resources.files("mentoring.spelled").joinpath(file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            meaning, _, words = line.partition(": ")
            yield meaning, words.split("; ")


def either(names: Sequence[str]) -> str:
    """Return names as a choice, like "a, b or c"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
