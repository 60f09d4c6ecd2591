"""Reading what was typed behind the command: its word, its numbers, its lists."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from handlers.payloads import row_id
from mentoring.checkins import Answer

_ANSWERS = {
    "met": Answer.MET,
    "wemet": Answer.MET,
    "planned": Answer.PLANNED,
    "plan": Answer.PLANNED,
    "notyet": Answer.NOT_YET,
    "not": Answer.NOT_YET,
    "help": Answer.HELP,
    "ineedhelp": Answer.HELP,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line: its first word in small letters, and what follows as it was typed."""

    word: str
    rest: str


def read(text: str, known: Collection[str]) -> Line:
    """Split a line at its word; a known word of two may be typed with a blank, like `send again 7`."""
    first, _, rest = text.strip().partition(" ")
    second, _, after = rest.strip().partition(" ")
    two = f"{first}-{second}".casefold()
    if second and two in known:
        return Line(two, after.strip())
    return Line(first.casefold().removeprefix("/"), rest.strip())


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that this one was probably meant to be."""
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None


def numbers(text: str) -> list[int]:
    """All numbers in a text like `12, 13` or `#12 #13`, each once."""
    return list(dict.fromkeys(row_id(digits) for digits in re.findall(r"[0-9]+", text)))


def numbered(text: str) -> tuple[int, str]:
    """The number at the start of a text like `12 no common time` or `pair #12`, 0 for none, and the rest."""
    found = re.match(r"(?:pair\b)?\s*#?([0-9]+)\b[\s:,.-]*", text, re.IGNORECASE)
    return (row_id(found[1]), text[found.end() :].strip()) if found else (0, text)


def listed(text: str) -> list[str]:
    """The items of `video editing, AI tools`."""
    return [item for part in re.split(r"[,;\n]", text) if (item := " ".join(part.split()))]


def day(text: str) -> date | None:
    """A date like `2027-01-31`, also behind the word `until`; None when it is none."""
    try:
        return date.fromisoformat(re.sub(r"^until\s+", "", text.strip(), flags=re.IGNORECASE))
    except ValueError:
        return None


def checkin(text: str) -> tuple[Answer | None, int]:
    """The answer and the pair's number, 0 for none, in a text like `not yet 12`."""
    letters = "".join(char for char in text.casefold() if char.isalpha())
    found = numbers(text)
    return _ANSWERS.get(letters.removesuffix("pair")), found[0] if found else 0
