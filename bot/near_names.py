"""Variables whose names are near those of settings: a slip of the fingers, which would otherwise have no effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from mentoring import slips

PREFIX: Final = "REVERSE_MENTOR_"

OTHERS: Final = frozenset(
    {"DATABASE_URLS", "HTTPS_HOST", "HTTPS_PORT", "LOGLEVEL", "LOG_LEVELS", "SLACK_API_TOKEN"}
)
"""Names near ours that other programs read from the environment; in a `.env` of this bot they are slips."""

_NEIGHBOURS: Final = ("COMPOSE_", "LITESTREAM_", "POSTGRES_PASSWORD")
"""How names begin that our files for containers read from the same `.env`."""

_OTHER_WORDS: Final = {
    "DB": "DATABASE",
    "PG": "DATABASE",
    "POSTGRES": "DATABASE",
    "POSTGRESQL": "DATABASE",
} | dict.fromkeys(("ADDRESS", "DSN", "FILE", "PATH", "URI"), "URL")
"""What others call the same; a name of two of them is one of ours in a file that nobody else reads."""

_SLIPS: Final = 2
"""So many letters may be wrong, missing, too many or swapped with their neighbor."""

_SHORT: Final = 10
"""A shorter name may have one: nobody should be kept from a name of their own."""


def meant(name: str, known: Collection[str], others: Collection[str] = OTHERS) -> str:
    """The setting that a name which is none was meant for; empty when it is near none, or one of `others`."""
    if name in known or name in others:
        return ""
    written = name.upper().replace("-", "_").replace(".", "_")
    bare = written.removeprefix(PREFIX)
    near = [one for one in known if one in (written, bare) or f"{PREFIX}{written}" == one]
    return near[0] if near else _nearest(written, known)


def meant_in_file(name: str, known: Collection[str]) -> str:
    """The same for a name in `.env`, which is read by this bot alone: another name for a setting is a slip there."""
    return meant(name, known, ()) or ("" if name in known else _in_other_words(name.upper(), known))


def is_neighbours(name: str) -> bool:
    """Whether one of our files for containers reads it."""
    return name.startswith(_NEIGHBOURS)


def _in_other_words(written: str, known: Iterable[str]) -> str:
    for words in (written, "_".join(_OTHER_WORDS.get(word, word) for word in written.split("_"))):
        ends = [one for one in known if one.endswith(f"_{words}") or f"_{words}".endswith(f"_{one}")]
        if "_" in words and len(ends) == 1:
            return ends[0]
    return ""


def _nearest(written: str, known: Iterable[str]) -> str:
    possible = [one for one in known if _letters_apart(written, one) <= 2 * _SLIPS]
    if not possible:
        return ""
    found = [(slips.between(_plain(written), _plain(one)), one) for one in possible]
    apart, nearest = min(found)
    return nearest if apart <= (_SLIPS if len(nearest) >= _SHORT else 1) else ""


def _plain(name: str) -> str:
    """Without what is between the words, which is forgotten most easily."""
    return name.replace("_", "")


def _letters_apart(one: str, other: str) -> int:
    """At most twice the number of slips, and found out without any library."""
    first, second = Counter(_plain(one)), Counter(_plain(other))
    return (first - second).total() + (second - first).total()
