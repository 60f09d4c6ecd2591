"""Where lists in one column of a file are split, decided from all of its cells and said once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mentoring.spreadsheets.remarks import echo

Known = Callable[[str], bool]
"""Whether a text is one entry, whatever stands in it."""

_SURE = re.compile(r"[;；|｜、\r\n\v\f\x85\u2028\u2029]")
"""Nothing that somebody lists has one of these inside."""

_COMMA = re.compile(r"(?:(?<![0-9])[,，]|[,，](?![0-9]))(?![^()（）]*[)）])")
"""A comma that is not in a number, and not in brackets."""

_SLASH = re.compile(r"[/／]")
_SPACED_SLASH = re.compile(r"\s[/／]\s")
_ANY = re.compile(f"{_SURE.pattern.replace(';', '')}|[,，/／：]")
"""What has to be looked at more closely: anything but semicolons."""

_NAMED = {
    "commas": _COMMA,
    "line breaks": re.compile(r"[\r\n\v\f\x85\u2028\u2029]"),
    "vertical bars": re.compile("[|｜]"),
    "“、”": re.compile("、"),
    "slashes": _SLASH,
}
_TOGETHER = 4
"""Of so many parts between commas at most, it is asked whether they are one entry."""

_LEVEL = re.compile(r"\s*[:：]\s*([0-9]+)\s*$")
"""A level after an entry, with the colon of any keyboard."""

_MORE = 3
"""Where so many times more cells have commas alone than a surer separator, commas are what people use."""

_MOST_LOOKED_AT = 20_000
"""Among so many different cells an example is looked for."""

_ABBREVIATION = 3
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Splitting:
    """How the lists of one column are split.

    `one` knows texts that are one entry whatever stands in them, and `entry` those that are an entry somewhere. Where
    something surer separates most cells, commas still separate what are mostly such entries, or only such where
    entries are `certain`.
    """

    one: Known
    entry: Known
    commas: bool
    slashes: bool
    certain: bool = False

    def entries(self, text: str) -> list[str]:
        """Return the entries of a list, without empty ones."""
        if not _ANY.search(text):
            return [part for one in text.split(";") if (part := one.strip())]
        if self.one(text):
            return [text.strip()]
        sure = [part for part in _SURE.split(text) if part.strip()]
        parts = [part for one in sure for part in self._at_commas(one, alone=len(sure) == 1)]
        return [
            _LEVEL.sub(r":\1", entry) for part in parts for entry in self._at_slashes(part.strip()) if entry
        ]

    def rewritten(self, text: str) -> str:
        """Return a list with semicolons alone between its entries."""
        return "; ".join(self.entries(text)) if _ANY.search(text) else text

    def _at_commas(self, text: str, *, alone: bool) -> list[str]:
        """Return the parts between commas, if they separate; neighbors that are one entry together stay together."""
        if not (self.commas and alone) and not self._are_entries(_COMMA.split(text)):
            return [text]
        ends = [(0, 0), *(found.span() for found in _COMMA.finditer(text)), (len(text), len(text))]
        parts, start = [], 0
        while start < len(ends) - 1:
            most = min(start + _TOGETHER, len(ends) - 1)
            wide = (
                end for end in range(most, start + 1, -1) if self.one(text[ends[start][1] : ends[end][0]])
            )
            end = next(wide, start + 1)
            parts.append(text[ends[start][1] : ends[end][0]])
            start = end
        return parts

    def _are_entries(self, parts: list[str]) -> bool:
        known = [self.entry(_LEVEL.sub("", part).strip()) for part in parts if part.strip()]
        return all(known) if self.certain else 2 * sum(known) > len(known) > 1

    def _at_slashes(self, text: str) -> list[str]:
        parts = [part.strip() for part in _SLASH.split(text)]
        if len(parts) < 2 or self.one(text) or not all(parts):
            return [text]
        if self.slashes and _SPACED_SLASH.search(text):
            return parts
        words = [_LEVEL.sub("", part) for part in parts]
        return parts if max(map(len, words)) > _ABBREVIATION and all(map(self.entry, words)) else [text]


def splitting(texts: Iterable[str], one: Known, entry: Known, *, certain: bool = False) -> Splitting:
    """Return how the lists of a column are split: what separates most of them separates all."""
    found = list(texts)
    sure = sum(_SURE.search(text) is not None for text in found)
    commas = sum(
        _COMMA.search(text) is not None and not _SURE.search(text) and not one(text) for text in found
    )
    by_comma = commas > _MORE * sure
    return Splitting(one, entry, by_comma, slashes=not sure and not commas, certain=certain)


def separable(text: str) -> bool:
    """Return whether there is something in a text that may separate entries."""
    return ";" in text or _ANY.search(text) is not None


def told(texts: Iterable[str], split: Splitting, noun: str) -> str:
    """Return what was assumed about a column, each kind with its first example; empty if only semicolons are there."""
    examples: dict[str, str] = {}
    for text in islice(filter(_ANY.search, texts), _MOST_LOOKED_AT):
        for name, words in _assumed(text, split, noun):
            examples.setdefault(name, words)
    at = [f"{name}: {words}" for name, words in examples.items() if name]
    split_at = f"Lists are split at {', at '.join(at)}." if at else ""
    kept = f"{examples['']} stays one {noun}." if "" in examples else ""
    return " ".join(filter(None, (split_at, kept)))


def _assumed(text: str, split: Splitting, noun: str) -> Iterator[tuple[str, str]]:
    """Yield what separates the entries of one cell, and under "" what might have and does not."""
    entries = split.entries(text)
    if len(entries) > 1:
        shown = echo(" ".join(re.sub(r"[\r\n\v\f\x85\u2028\u2029]+", " ↵ ", text).split()))
        words = f"{shown} is {_counted(len(entries))} {noun}s"
        for name, signs in _NAMED.items():
            if len(signs.findall(text)) > sum(len(signs.findall(entry)) for entry in entries):
                yield name, words.replace("entrys", "entries")
    for entry in entries:
        if _COMMA.search(entry) or (_SLASH.search(entry) and not split.one(entry)):
            yield "", echo(entry)


def _counted(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else str(number)
