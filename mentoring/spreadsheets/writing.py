"""How likely a text is as people write: its letters and their neighbors, compared with samples of languages.

Costs are negative natural logarithms of probabilities. They are used for comparing readings of the same bytes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby, pairwise

_OUT = 11.0
"""What a letter costs that a language does not use."""

_RARE = 16.0
"""What an ideograph costs that hardly any name or text has."""

_PAIR, _SINGLE, _ANY = 0.6, 0.35, 0.05
"""How much of a probability comes from the pair, the letter alone, and any letter of the alphabet."""

_ASCII = 2.8
"""What a letter costs that is the same in every language, on average."""

_MIXED_SCRIPTS = 9.0
_JOINED_TO_LATIN = 3.5
_CASE, _SMALL_FIRST, _ALL_CAPITALS = 9.0, 1.5, 2.0
DAMAGED = 20.0
"""What a place costs that cannot be read at all."""

_CONTROL, _SYMBOL, _TYPOGRAPHIC, _WIDE = 18.0, 14.0, 8.0, 5.0
_GLUED = 5.0
"""What it costs that a small letter follows a sign or another script, where a name has its capital."""

_APOSTROPHE = 3.0
_APOSTROPHES = frozenset("’‘")
_SHORTENED = frozenset("s t m d re ll ve".split())
_ELIDED = frozenset("l d s c j m n t qu jusqu aujourd dell all nell sull un".split())
_AFTER_ELISION = frozenset("aeiouyhàâäáæéèêëîïíôöóœùûüúAEIOUYH")
_JOINING_SIGNS = frozenset("–·\xa0")
_CLOSING = frozenset("’‘”“»…–—™®©ªº")
_OPENING = frozenset("“„«¿¡–—")
_TYPOGRAPHY = frozenset("\xa0’‘“”„–—…•·«»°€£™®©§ªº¡¿")
_EAST = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA"})
_JOINING = frozenset({"EAST", "THAI"})
"""Scripts without capitals, in which Latin words stand without a space."""

_NEVER_ASCII = re.compile(r"[^\x00-\x7f]")
_TOKEN = re.compile(r"[^\x00-\x40\[-`{-\x7f]+")
"""A word: letters, and whatever is not ASCII."""

_STANDARD = {"Simplified": "gb2312", "Traditional": "big5", "Japanese": "shift_jis", "Korean": "euc_kr"}
_COMMON_LEADS = {
    "Simplified": range(0xB0, 0xD8),
    "Traditional": range(0xA4, 0xC7),
    "Japanese": range(0x82, 0x99),
    "Korean": range(0xB0, 0xC9),
}
"""The first bytes of the more common half of each national standard, which is ordered by how common a sign is."""


@dataclass(frozen=True, slots=True)
class Language:
    """What samples of one language show."""

    name: str
    script: str
    singles: Counter[str]
    pairs: Counter[tuple[str, str]]
    firsts: Counter[str]
    letters: int

    def cost(self, run: str) -> float:
        """Return the cost of a run of letters of one script."""
        if self.script == "EAST":
            return sum(self._sign(sign) for sign in run)
        return sum(self._letter(before, letter) for before, letter in pairwise(f"^{run.lower()}$"))

    def _letter(self, before: str, letter: str) -> float:
        single = self.singles[letter]
        if not single and not (self.script == "LATIN" and letter.isascii()):
            return _OUT
        pair = self.pairs[before, letter] / (self.firsts[before] or 1)
        return -math.log(_PAIR * pair + _SINGLE * single / self.letters + _ANY / len(self.singles))

    def _sign(self, sign: str) -> float:
        if single := self.singles[sign]:
            return -math.log(single / self.letters)
        return _unseen(self.name, sign)


@lru_cache(65_536)
def _unseen(language: str, sign: str) -> float:
    """Return what a sign costs that is in no sample, by its place in the national standard."""
    try:
        code = sign.encode(_STANDARD[language])
    except UnicodeEncodeError:
        return _RARE
    if len(code) == 1:
        return 9.0  # half-width Katakana
    return 9.5 if code[0] in _COMMON_LEADS[language] else 12.5


@cache
def _languages() -> dict[str, list[Language]]:
    """Return the languages of `writing.txt` by script."""
    text = resources.files("mentoring.spreadsheets").joinpath("writing.txt").read_text(encoding="utf-8")
    found: dict[str, list[Language]] = {}
    for line in text.splitlines():
        name, _, samples = line.partition(": ")
        if samples and not line.startswith("#"):
            language = _learned(name, samples)
            found.setdefault(language.script, []).append(language)
    return found


def _learned(name: str, samples: str) -> Language:
    words = [word for word in _words(samples.lower()) if len(word) > 1 or _script(word) == "EAST"]
    script = Counter(_script(letter) for word in words for letter in word).most_common(1)[0][0]
    pairs = Counter(pair for word in words for pair in pairwise(f"^{word}$"))
    singles: Counter[str] = Counter()
    for (_, letter), count in pairs.items():
        singles[letter] += count
    firsts: Counter[str] = Counter()
    for (before, _), count in pairs.items():
        firsts[before] += count
    return Language(name, script, singles, pairs, firsts, singles.total())


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def foreign_words(text: str, most: int) -> list[str]:
    """Return words that are not ASCII, each once, in their order."""
    found: dict[str, None] = {}
    for word in _TOKEN.finditer(text):
        if not word[0].isascii():
            found.setdefault(word[0])
            if len(found) == most:
                break
    return list(found)


def cost(words: Sequence[str]) -> float:
    """Return the cost of words that were written in few languages: those that make it least."""
    parts = [_parts(word) for word in words]
    fixed = sum(price for price, _ in parts)
    runs = [run for _, found in parts for run in found]
    used = sorted({min(costs, key=costs.__getitem__) for costs in runs})
    least = _mixed(runs, used)
    while len(used) > 1:
        fewer = {name: _mixed(runs, [other for other in used if other != name]) for name in used}
        name = min(fewer, key=fewer.__getitem__)
        if fewer[name] >= least:
            break
        least = fewer[name]
        used.remove(name)
    return fixed + least


def _mixed(runs: Sequence[Mapping[str, float]], names: Sequence[str]) -> float:
    """Return the cost of runs in these languages, each with the share that it has in them."""
    chosen = [
        min(((costs[name], name) for name in names if name in costs), default=(math.inf, ""))
        for costs in runs
    ]
    counts = Counter(name for _, name in chosen)
    shares = sum(-count * math.log(count / len(chosen)) for count in counts.values())
    return sum(price for price, _ in chosen) + shares + _NEW_LANGUAGE * len(names)


_NEW_LANGUAGE = 4.0
"""What one more language costs."""


@lru_cache(8_192)
def _parts(word: str) -> tuple[float, tuple[dict[str, float], ...]]:
    """Return what a word costs in any language, and what each run of its letters costs in each."""
    runs = [(script, "".join(letters)) for script, letters in groupby(word, _script)]
    lettered = [(script, text) for script, text in runs if script]
    fixed = sum(_odd(text) for script, text in runs if not script)
    fixed += sum(_seam(before, after) for before, after in pairwise(runs))
    around = zip(runs, runs[1:], runs[2:], strict=False)
    fixed += sum(
        _sign_inside(before, sign, after) for (_, before), (script, sign), (_, after) in around if not script
    )
    fixed += _GLUED * (len(runs) > 1 and not runs[-1][0] and runs[-1][1][0] not in _CLOSING)
    fixed += _GLUED * (word.startswith("\xa0") + word.endswith("\xa0"))
    fixed += _GLUED * (len(runs) > 1 and runs[0][1] in _APOSTROPHES and runs[1][1][0].islower())
    fixed += _MIXED_SCRIPTS * sum(
        _do_not_mix(before, after) for (before, _), (after, _) in pairwise(lettered)
    )
    fixed += sum(_case(text) + _ASCII * len(text) * text.isascii() for _, text in lettered)
    return fixed, tuple(_costs(script, text) for script, text in lettered if not text.isascii())


def _seam(before: tuple[str, str], after: tuple[str, str]) -> float:
    """Return the cost of a change inside a word: capitals and apostrophes may follow, small letters hardly."""
    (script, text), (next_script, next_text) = before, after
    if text in _APOSTROPHES or next_text in _APOSTROPHES:
        return 0.0
    small = _GLUED * (next_script != "" and next_text[0].islower() and text[-1] not in _OPENING)
    if script or unicodedata.category(text[-1]) == "Sc":
        small *= 2
    wide = _GLUED * 2 * ("LATIN" in (script, next_script) and (_is_wide_sign(before) or _is_wide_sign(after)))
    return small + wide + _JOINED_TO_LATIN * (script != "" and next_script != "")


def _is_wide_sign(run: tuple[str, str]) -> bool:
    return not run[0] and unicodedata.east_asian_width(run[1][0]) in "FW"


def _sign_inside(before: str, sign: str, after: str) -> float:
    """Return the cost of a sign between letters: high but for the apostrophe of "O'Brien", "l'été" and "don't"."""
    if sign not in _APOSTROPHES:
        return _GLUED if sign in _JOINING_SIGNS else 2 * _GLUED
    usual = (
        after[0].isupper()
        or after in _SHORTENED
        or (before.lower() in _ELIDED and after[0] in _AFTER_ELISION)
    )
    return (_APOSTROPHE if usual or not before[-1].isascii() else _SYMBOL) - _TYPOGRAPHIC


def _do_not_mix(before: str, after: str) -> bool:
    return before != after and not ({before, after} & _JOINING and "LATIN" in (before, after))


def _costs(script: str, text: str) -> dict[str, float]:
    return {language.name: language.cost(text) for language in _languages().get(script, ())} or {
        script: _RARE * len(text)
    }


def _case(text: str) -> float:
    """Return the cost of capitals: names begin with one, and have none inside."""
    if text.isascii() or text.lower() == text.upper():
        return 0.0
    if text.islower():
        return _SMALL_FIRST
    if text.isupper():
        return _ALL_CAPITALS if len(text) > 1 else 0.0
    inside = sum(after.isupper() and not (before + after).isascii() for before, after in pairwise(text))
    return _CASE * inside


def _odd(text: str) -> float:
    """Return the cost of signs that are no letters."""
    return sum(map(_odd_sign, text))


@lru_cache(4_096)
def _odd_sign(sign: str) -> float:
    kind = unicodedata.category(sign)
    if sign == "\ufffd":
        return 0.0  # Counted by whoever reads: words that cannot be read look alike.
    if kind in {"Cs", "Co", "Cn"}:
        return DAMAGED
    if kind in {"Cc", "Cf"}:
        return _CONTROL
    if sign in _TYPOGRAPHY:
        return _TYPOGRAPHIC
    return _WIDE if unicodedata.east_asian_width(sign) in "FW" else _SYMBOL


@lru_cache(65_536)
def _script(char: str) -> str:
    """Return the script of a letter, "" for all else; the scripts of East Asia are one."""
    if unicodedata.category(char)[0] not in "LM" or char in _TYPOGRAPHY:
        return ""
    name = unicodedata.name(char, "").split(" ")[0]
    if name in _EAST or char in "々〆ー":
        return "EAST"
    if name == "HALFWIDTH":
        return "EAST"
    return {"FULLWIDTH": "", "COMBINING": "", "MODIFIER": "", "FEMININE": "", "MASCULINE": ""}.get(name, name)


def is_known(words: Collection[str]) -> bool:
    """Return whether there are samples of a script of the words, or several scripts, as nobody mixes them."""
    found = {_script(char) for word in words for char in word if not char.isascii()} - {""}
    return len(found) != 1 or not found.isdisjoint(_languages())
