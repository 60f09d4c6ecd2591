"""Cyrillic and Greek letters that look like Latin ones: a word typed with one of them is still the same word."""

from __future__ import annotations

import re

_PAIRS = {
    "cyrillic": (
        ("ҺҮАВЕЅІЈКМНОРСТУХԌԚԜѴӀ", "HYABESIJKMHOPCTYXGQWVI"),
        ("үаеѕіјорсухһԁԛԝѵӏԍг", "yaesijopcyxhdqwvlgr"),
    ),
    "greek": (
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("σαγικνορςτυχϳη", "oayikvopctuxjn"),
    ),
}
"""By script, letters beside the Latin ones that they look like, capitals first; of two, the common one comes last.

Source: https://www.unicode.org/Public/security/latest/confusables.txt, without the letters of historic texts.
Accents are taken away before anything is looked up here.
"""

_TO_LATIN = {
    letter: latin
    for scripts in _PAIRS.values()
    for others, latins in scripts
    for letter, latin in zip(others, latins, strict=True)
}
_FROM_LATIN = {
    script: {latin: letter for others, latins in pairs for letter, latin in zip(others, latins, strict=True)}
    for script, pairs in _PAIRS.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_LAST_LATIN = "\u024f"


def as_meant(text: str) -> str:
    """Return a text that mixes scripts with each of its words in one script; any other text stays as it is.

    Beside Latin letters, a word of look-alikes is Latin: “Python” with a Cyrillic first letter is about Python. A
    word that has other letters of its script too, such as “дизайн” with a Latin letter in it, is of that script.
    """
    if text.isascii() or not any(map(_is_latin, text)):
        return text
    return _WORD.sub(lambda word: _in_one_script(word[0]), text)


def in_latin(text: str) -> str:
    """Return the Latin text that this one looks like; one with a letter that looks like none stays as it is."""
    letters = [_latin(char) for char in text]
    return text if None in letters else "".join(filter(None, letters))


def _in_one_script(word: str) -> str:
    latin = in_latin(word)
    if latin != word or not any(map(_is_latin, word)):
        return latin
    script = next(filter(None, map(_script, word)), "")
    letters = [_of_script(char, script) for char in word]
    return word if None in letters else "".join(filter(None, letters))


def _latin(char: str) -> str | None:
    """The Latin letter that this one looks like, as a capital if not as a small one; None when there is none."""
    if not _script(char):
        return char
    return _TO_LATIN.get(char) or _TO_LATIN.get(char.upper())


def _of_script(char: str, script: str) -> str | None:
    known = _FROM_LATIN.get(script, {})
    return known.get(char) or known.get(char.upper()) if _is_latin(char) else char


def _is_latin(char: str) -> bool:
    return char <= _LAST_LATIN and char.isalpha()


def _script(char: str) -> str:
    if "\u0400" <= char <= "\u052f":
        return "cyrillic"
    return "greek" if "\u0370" <= char <= "\u03ff" and char.isalpha() else ""
