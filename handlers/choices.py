"""What the type-ahead fields for languages and time zones offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from zoneinfo import available_timezones

from mentoring.people import MAX_NAME
from mentoring.spelled.languages import language_key, languages_beginning
from mentoring.spelled.texts import Unclear
from mentoring.spelled.zones import beginning, read_zone

LANGUAGES = tuple(
    """Afrikaans Albanian Amharic Arabic Armenian Azerbaijani Basque Belarusian Bengali Bosnian Bulgarian Burmese
    Cantonese Catalan Chinese Croatian Czech Danish Dutch English Estonian Filipino Finnish French Galician
    Georgian German Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese
    Kannada Kazakh Khmer Korean Lao Latvian Lithuanian Luxembourgish Macedonian Malay Malayalam Maltese Mandarin
    Marathi Mongolian Nepali Norwegian Pashto Persian Polish Portuguese Punjabi Romanian Russian Serbian Sinhala
    Slovak Slovenian Somali Spanish Swahili Swedish Tamil Telugu Thai Turkish Ukrainian Urdu Uzbek Vietnamese
    Welsh Xhosa Yoruba Zulu""".split()
)
COMMON_ZONES = (
    *(
        "UTC",
        "America/Los_Angeles",
        "America/Denver",
        "America/Chicago",
        "America/New_York",
        "America/Sao_Paulo",
    ),
    *("Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Warsaw", "Europe/Kyiv"),
    *(
        "Africa/Lagos",
        "Africa/Nairobi",
        "Africa/Johannesburg",
        "Asia/Dubai",
        "Asia/Kolkata",
        "Asia/Singapore",
    ),
    *("Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)
_INVERTED = re.compile(r"(?:Etc/)?GMT(?:[+-]?[0-9]+)")

MOST = 100
"""Slack shows at most so many options (https://docs.slack.dev/reference/block-kit/composition-objects)."""


def languages(query: str) -> list[str]:
    """Languages that fit what was typed, also by their own names, English first for nothing.

    What was typed is offered too, when it is none of them.
    """
    typed = " ".join(query.split())
    if not typed:
        return ["English", *(name for name in LANGUAGES if name != "English")][:MOST]
    named = (_by_code()[code] for code in languages_beginning(typed) if code in _by_code())
    found = list(dict.fromkeys([*_fitting(typed, LANGUAGES), *named]))
    own = len(typed) <= MAX_NAME and typed.casefold() not in map(str.casefold, found)
    return [*found, typed][: MOST if own else len(found)]


def time_zones(query: str) -> list[str]:
    """IANA time zones that fit what was typed: what it means first, then what it is part of or begins.

    `munich`, `PST` and `UTC+5:30` have a meaning, as in a spreadsheet. The best known zones for nothing.
    """
    if not _words(query):
        return [name for name in _zones() if name in COMMON_ZONES]
    found = [*_meant(query), *_fitting(query, _zones()), *beginning(query)]
    return list(dict.fromkeys(found))[:MOST]


def _meant(query: str) -> Sequence[str]:
    """The zone that was typed, or those that it may be."""
    try:
        return [read_zone(query)]
    except Unclear as unclear:
        return unclear.candidates


@cache
def _zones() -> tuple[str, ...]:
    """All zones but those such as Etc/GMT+1: it lies west of Greenwich, and people who type that are in the east."""
    names = (name for name in available_timezones() if not _INVERTED.fullmatch(name))
    return tuple(sorted(names, key=lambda name: (name not in COMMON_ZONES, "/" not in name, name)))


@cache
def _by_code() -> dict[str, str]:
    """The languages of the list by their codes, the first of those with one code."""
    return {language_key(name): name for name in reversed(LANGUAGES)}


def _fitting(query: str, names: Iterable[str]) -> list[str]:
    """The names that have every typed word in them: those whose last part begins so first."""
    typed = _words(query)
    found = [name for name in names if all(word in " ".join(_words(name)) for word in typed)]
    start = " ".join(typed)
    return sorted(found, key=lambda name: not " ".join(_words(name.rpartition("/")[2])).startswith(start))


def _words(text: str) -> Sequence[str]:
    return re.findall(r"[^\W_]+", text.casefold())
