"""What the text in a cell means, one function for each kind of cell; each raises `CellError` with a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from mentoring.matching.model import MAX_LEVEL, MAX_SHARE_LEVEL
from mentoring.skills import SkillError, clean_label
from mentoring.spelled.answers import read_answer
from mentoring.spelled.hours import read_hours
from mentoring.spelled.languages import language_key
from mentoring.spelled.offsets import of_etc, offset_words, zone_words
from mentoring.spelled.texts import Unclear
from mentoring.spelled.zones import is_own_name, read_zone
from mentoring.spreadsheets.ids import whole_id
from mentoring.spreadsheets.remarks import CellError, echo

MOST_ENTRIES = 100
LONGEST_NAME = 200
_REMEMBERED = 4_096
"""How many skills, as they were written, keep their meaning at hand: people share and want the same ones."""

_Value = TypeVar("_Value")


class UnknownLevel(CellError):
    """A level is neither a number nor a name on the ladder."""


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


def person_id(text: str) -> str:
    """Return somebody's id, with all its digits."""
    return whole_id(name(text))


def level(text: str, ladder: Sequence[str]) -> int:
    """Return a level, given as a number or as its name on the ladder, or one of two names with a slash between."""
    plain = unicodedata.normalize("NFKC", text)
    if is_number(plain):
        return whole(plain, 1, MAX_LEVEL)
    found = rungs(tuple(ladder)).get(_rung(text))
    if found is None:
        words = f"{echo(text)} is not a level. Give a number from 1, or one of: {', '.join(ladder)}."
        raise UnknownLevel(words)
    return found


def is_number(text: str) -> bool:
    """Whether a level is a number, be it one that cannot be used; "3rd year" is a name."""
    return re.fullmatch(r"[0-9]+(?:[.,][0-9]*)?", text) is not None


@lru_cache
def rungs(ladder: tuple[str, ...]) -> Mapping[str, int]:
    """Return the level of each name on the ladder; of "Lead/Manager", "Lead" and "Manager" are names too."""
    found = {
        part.strip().casefold(): rung for rung, names in enumerate(ladder, 1) for part in names.split("/")
    }
    return found | {_rung(names): rung for rung, names in enumerate(ladder, 1)}


def _rung(name: str) -> str:
    return re.sub(r"\s*/\s*", "/", name).casefold()


def role(text: str) -> tuple[bool, bool]:
    """Return whether somebody teaches and whether they learn."""
    roles = {"mentor": (True, False), "mentee": (False, True), "both": (True, True)}
    if text.casefold() not in roles:
        raise CellError(f"{echo(text)} is not a role. Give mentor, mentee or both.")
    return roles[text.casefold()]


def yes_no(text: str) -> bool:
    """Return whether the cell says yes, in any of many languages."""
    return _said(read_answer, text)


def time_zone(text: str) -> str:
    """Return the IANA name of a time zone, which may be given by city, country, offset or in everyday words."""
    return _said(read_zone, text)


def zone_remark(text: str, zone: str) -> str:
    """Return what a cell was read as, like "“Munich” as Europe/Berlin"; nothing where it says so itself."""
    offset = of_etc(zone)
    if offset is not None and is_own_name(text):
        return f"{echo(text)} as {offset_words(offset)}, as the tz database means it"
    return "" if is_own_name(text) else f"{echo(text)} as {zone_words(zone) if offset is not None else zone}"


def hours(text: str) -> tuple[int, int]:
    """Return a working day like "09:00-17:30" in minutes from midnight; "22:00-06:00" ends on the next day."""
    day = _said(read_hours, text)
    return day.starts, day.ends


def hours_remark(text: str, day: tuple[int, int]) -> str:
    """Return what a cell was read as, like "“9 to 5” as 09:00-17:00", where a half of the day was guessed."""
    starts, ends = (f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in day)
    return f"{echo(text)} as {starts}-{ends}" if read_hours(text).guessed else ""


def languages(text: str) -> frozenset[str]:
    """Return the languages of a list; codes, regional variants and the names of one language are the same."""
    return frozenset(map(language_key, entries(text)))


def _said(read: Callable[[str], _Value], text: str) -> _Value:
    """Return what a reader makes of a text, or raise its sentence with the text in front."""
    try:
        return read(text)
    except Unclear as problem:
        raise CellError(f"{echo(text)} {problem}") from None


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
