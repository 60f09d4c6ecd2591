"""A ladder to paste into a rules file, made from the words that a file has for its levels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from mentoring.spelled.texts import folded

_RANKS = {
    "intern trainee apprentice student praktikant praktikantin werkstudent stagiaire azubi becario": 0,
    "graduate": 10,
    "assistant entry": 15,
    "junior jr": 20,
    "associate coordinator": 30,
    "analyst": 40,
    "mid intermediate": 45,
    "professional specialist engineer developer consultant designer officer advisor individual contributor": 50,
    "senior sr": 60,
    "staff": 70,
    "lead supervisor teamlead": 75,
    "principal expert architect": 80,
    "manager leiter leiterin management": 90,
    "distinguished fellow": 95,
    "head leader": 110,
    "director directeur direktor": 120,
    "vp vice": 140,
    "svp": 150,
    "evp": 155,
    "president partner md": 160,
    "c chief cxo executive cto cfo coo cio chro cmo vorstand board geschaftsfuhrer owner founder": 170,
    "ceo": 180,
}
"""The usual place of a word in a title, among others from the lowest to the highest."""

_WORDS = {word: rank for words, rank in _RANKS.items() for word in words.split()}
_SINGLE = _WORDS["professional"]
"""Up to here, titles are those of people who work by themselves: "senior" and "junior" say more than the title."""

_BEFORE = {
    "assistant": -5,
    "junior": -4,
    "jr": -4,
    "associate": -3,
    "deputy": -2,
    "group": 3,
    "senior": 4,
    "sr": 4,
    "executive": 6,
    "managing": 6,
}
"""How far such a word moves the title behind it: a senior manager is above a manager, and below a director."""

_TRACKS = {"m": 90, "mgr": 90, "d": 120, "vp": 140, "e": 0}
"""Where the numbers of a track begin that is not the one of single contributors."""

_STEP = 8
_NUMBER = re.compile(r"([a-z ]*?) ?([0-9]+(?:[.,][0-9]+)?)(?: ?([a-z]))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


class Rung(NamedTuple):
    """Where a word stands: a rough rank, a number within it, and the word itself where the others are equal."""

    rank: float
    number: float
    word: str


def ladder_line(names: Iterable[str]) -> str:
    """Return the line of a rules file that makes levels of these names, in the order they are likely to have."""
    unique = {name.casefold(): name for name in names}
    inside = ", ".join(json.dumps(name, ensure_ascii=False) for name in sorted(unique.values(), key=rung))
    return f"ladder = [{inside}]"


def rung(name: str) -> Rung:
    """Return the likely place of a name on a ladder, to sort by."""
    words = folded(name.partition("/")[0]) or folded(name)
    numbered = _NUMBER.fullmatch(words)
    if numbered and not set(numbered[1].split()) & _WORDS.keys():
        start = _TRACKS.get(numbered[1], 0)
        return Rung(start + _STEP * float(numbered[2].replace(",", ".")), 0, words)
    parts = words.split()
    number = next(filter(None, map(_number, parts[1:])), 0)
    return Rung(_rank(parts), number, words)


def _number(part: str) -> int:
    return int(part) if part.isdecimal() else _ROMAN.get(part, 0)


def _rank(parts: list[str]) -> float:
    """Return the highest place of a word of a title, moved by the words before it."""
    before = [part for part in parts if part in _BEFORE]
    titles = [_WORDS[part] for part in parts if part in _WORDS and part not in _BEFORE]
    if "vice" in parts and "president" in parts:
        titles.remove(_WORDS["president"])
    own = [_WORDS[part] for part in before if part in _WORDS]
    if not titles:
        return max(own, default=_SINGLE)
    if max(titles) > _SINGLE:
        return max(titles) + sum(_BEFORE[part] for part in before)
    return max(own) if _WORDS["senior"] in own else min([*own, max(titles)])
