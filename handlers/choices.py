"""What the type-ahead fields for languages and time zones offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from zoneinfo import available_timezones

from mentoring.people import MAX_NAME

LANGUAGES = tuple(
    """Afrikaans Albanian Amharic Arabic Armenian Azerbaijani Basque Belarusian Bengali Bosnian Bulgarian Burmese
    Cantonese Catalan Croatian Czech Danish Dutch English Estonian Filipino Finnish French Galician Georgian German
    Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese Kannada Kazakh Khmer
    Korean Lao Latvian Lithuanian Luxembourgish Macedonian Malay Malayalam Maltese Mandarin Marathi Mongolian Nepali
    Norwegian Pashto Persian Polish Portuguese Punjabi Romanian Russian Serbian Sinhala Slovak Slovenian Somali
    Spanish Swahili Swedish Tamil Telugu Thai Turkish Ukrainian Urdu Uzbek Vietnamese Welsh Xhosa Yoruba Zulu""".split()
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
MOST = 100
"""Slack shows at most so many options (https://docs.slack.dev/reference/block-kit/composition-objects)."""


def languages(query: str) -> list[str]:
    """Languages that fit what was typed, English first for nothing; one that is not in the list is offered too."""
    typed = " ".join(query.split())
    if not typed:
        return ["English", *(name for name in LANGUAGES if name != "English")][:MOST]
    found = _fitting(typed, LANGUAGES)
    own = len(typed) <= MAX_NAME and typed.casefold() not in map(str.casefold, found)
    return [*found, typed][: MOST if own else len(found)]


def time_zones(query: str) -> list[str]:
    """IANA time zones that fit what was typed in any of their parts, like `new york`; the best known for nothing."""
    if not _words(query):
        return [name for name in _zones() if name in COMMON_ZONES]
    return _fitting(query, _zones())[:MOST]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(
        sorted(available_timezones(), key=lambda name: (name not in COMMON_ZONES, "/" not in name, name))
    )


def _fitting(query: str, names: Iterable[str]) -> list[str]:
    """The names that have every typed word in them: those whose last part begins so first."""
    typed = _words(query)
    found = [name for name in names if all(word in " ".join(_words(name)) for word in typed)]
    start = " ".join(typed)
    return sorted(found, key=lambda name: not " ".join(_words(name.rpartition("/")[2])).startswith(start))


def _words(text: str) -> Sequence[str]:
    return re.findall(r"[^\W_]+", text.casefold())
