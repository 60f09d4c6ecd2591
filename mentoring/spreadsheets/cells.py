"""What the text in a cell means, one function for each kind of cell; each raises `CellError` with a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from mentoring.matching.hours import utc_window
from mentoring.matching.model import MAX_LEVEL, MAX_SHARE_LEVEL, MINUTES_A_DAY
from mentoring.people import parse_clock
from mentoring.skills import SkillError, clean_label
from mentoring.spreadsheets.remarks import CellError, echo

MOST_ENTRIES = 100
LONGEST_NAME = 200
_REMEMBERED = 4_096
"""How many skills, as they were written, keep their meaning at hand: people share and want the same ones."""

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_ANY_DAY = date(2026, 1, 5)
_LANGUAGES = (
    "ar Arabic, bg Bulgarian, bn Bengali, ca Catalan, cs Czech, da Danish, de German, el Greek, en English, "
    "es Spanish, et Estonian, fa Persian, fi Finnish, fr French, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, "
    "id Indonesian, it Italian, ja Japanese, ko Korean, lt Lithuanian, lv Latvian, ms Malay, nl Dutch, no Norwegian, "
    "pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovenian, sr Serbian, sv Swedish, "
    "ta Tamil, th Thai, tr Turkish, uk Ukrainian, ur Urdu, vi Vietnamese, zh Chinese"
)
_LANGUAGE_CODES = {name.casefold(): code for code, name in map(str.split, _LANGUAGES.split(", "))}
"""ISO 639-1 codes by English name, so that "en", "en-US" and "English" are one language."""


def entries(text: str) -> list[str]:
    """Return the entries of a list like "a; b", without empty ones."""
    found = [entry for part in text.split(";") if (entry := part.strip())]
    if len(found) > MOST_ENTRIES:
        raise CellError(f"There are {len(found)} entries here, and {MOST_ENTRIES} is the most.")
    return found


def name(text: str) -> str:
    """Return an id, name or department, which may be any text that is not endless."""
    if len(text) > LONGEST_NAME:
        raise CellError(f"This is longer than {LONGEST_NAME} characters.")
    return text


def whole(text: str, least: int, most: int) -> int:
    """Return a whole number within the limits; "2.0" is one, as spreadsheet programs write it at times."""
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", text)
    if not found or not least <= int(found[1]) <= most:
        raise CellError(f"{echo(text)} is not a whole number from {least:,} to {most:,}.")
    return int(found[1])


def level(text: str, ladder: Sequence[str]) -> int:
    """Return a level, given as a number or as its name on the ladder, or one of two names with a slash between."""
    if text.isascii() and text[:1].isdigit():
        return whole(text, 1, MAX_LEVEL)
    found = rungs(tuple(ladder)).get(text.casefold())
    if found is None:
        raise CellError(f"{echo(text)} is not a level. Give a number from 1, or one of: {', '.join(ladder)}.")
    return found


@lru_cache
def rungs(ladder: tuple[str, ...]) -> Mapping[str, int]:
    """Return the level of each name on the ladder; of "Lead/Manager", "Lead" and "Manager" are names too."""
    found = {
        part.strip().casefold(): rung for rung, names in enumerate(ladder, 1) for part in names.split("/")
    }
    return found | {names.casefold(): rung for rung, names in enumerate(ladder, 1)}


def role(text: str) -> tuple[bool, bool]:
    """Return whether somebody teaches and whether they learn."""
    roles = {"mentor": (True, False), "mentee": (False, True), "both": (True, True)}
    if text.casefold() not in roles:
        raise CellError(f"{echo(text)} is not a role. Give mentor, mentee or both.")
    return roles[text.casefold()]


def yes_no(text: str) -> bool:
    """Return whether the cell says yes."""
    if text.casefold() not in _YES:
        raise CellError(f"{echo(text)} is neither yes nor no. Give yes, no, true, false, 1 or 0.")
    return _YES[text.casefold()]


def time_zone(text: str) -> str:
    """Return the name of an IANA time zone."""
    if utc_window(text, (0, 1), _ANY_DAY) is None:
        close = {zone.casefold(): zone for zone in available_timezones()}
        found = get_close_matches(text.casefold()[:LONGEST_NAME], close, 1, 0.7)
        hint = f" Is it {close[found[0]]}?" if found else " Give one like Europe/Lisbon."
        raise CellError(f"{echo(text)} is not a time zone.{hint}")
    return text


def hours(text: str) -> tuple[int, int]:
    """Return a working day like "09:00-17:30" in minutes from midnight; "22:00-06:00" ends on the next day."""
    first, _, last = re.sub(r"\s*[-–—]\s*", "-", text).partition("-")
    start, end = parse_clock(first), MINUTES_A_DAY if last == "24:00" else parse_clock(last)
    if start is None or end is None or start == end:
        raise CellError(f"{echo(text)} is not a working day. Give it like 09:00-17:30.")
    return start, end if end > start else end + MINUTES_A_DAY


def languages(text: str) -> frozenset[str]:
    """Return the languages of a list; codes, regional variants and English names of one language are the same."""
    return frozenset(_language(entry.casefold()) for entry in entries(text))


def _language(text: str) -> str:
    code = re.split(r"[-_]", text)[0]
    return code if code in _LANGUAGE_CODES.values() else _LANGUAGE_CODES.get(text, text)


def shared(text: str) -> tuple[tuple[str, int | None], ...]:
    """Return the skills of a list like "AI tools:3; SQL", each with the level given."""
    return tuple(map(_shared, entries(text)))


def wanted(text: str) -> tuple[str, ...]:
    """Return the skills of a list, best first."""
    return tuple(map(_wanted, entries(text)))


@lru_cache(_REMEMBERED)
def _shared(entry: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(.*?)\s*:\s*([0-9]+)", entry)
    if not found:
        return _skill(entry, entry), None
    if not re.fullmatch(f"[1-{MAX_SHARE_LEVEL}]", found[2]):
        raise CellError(f"{echo(entry)} has a level that is not 1, 2 or 3.")
    return _skill(found[1], entry), int(found[2])


@lru_cache(_REMEMBERED)
def _wanted(entry: str) -> str:
    if re.search(r":\s*[0-9]+$", entry):
        raise CellError(f"{echo(entry)} has a level. Wishes have none; put the most wanted first.")
    return _skill(entry, entry)


def _skill(text: str, entry: str) -> str:
    try:
        return clean_label(text)
    except SkillError as problem:
        raise CellError(f"{echo(entry)}: {problem}") from None
