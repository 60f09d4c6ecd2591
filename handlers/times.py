"""A day and a time as people write them, read at a place where it is a certain day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from handlers import dates
from handlers.keyboards import plain
from mentoring.cadence import instant

_CLOCK = re.compile(
    r"(?:\bat\s+|@\s*)?\b(?P<h>[01]?\d|2[0-3])(?:[:.h](?P<m>[0-5]\d)\s*(?P<half>am|pm)?|\s*(?P<alone>am|pm)|h)\b"
    r"(?!\s*[-./]\s*\d)",
    re.IGNORECASE,
)
"""15:00, 15.30, 3 pm, 3:30pm or 15h; a number alone is none."""

_NAMED = {"noon": 12 * 60, "midday": 12 * 60}


@dataclass(frozen=True, slots=True)
class Reading:
    """The moment that a text means; None where it is none, with the days that it may mean."""

    at: datetime | None = None
    days: tuple[date, ...] = ()
    has_time: bool = False


def read(text: str, today: date, zone: str) -> Reading:
    """What a text like `Friday 15:00`, `tomorrow at 3 pm` or `2027-01-14 15:00` means at that place."""
    found = _clock(plain(text))
    if found is None:
        return Reading(days=dates.read(text, today).days)
    minutes, rest = found
    meant = dates.read(rest, today) if rest else dates.Reading((today,))
    at = instant(meant.day, minutes, zone) if meant.day else None
    return Reading(at, meant.days, has_time=True)


def _clock(text: str) -> tuple[int, str] | None:
    """The minutes from midnight in a text, and the text without them."""
    for word, minutes in _NAMED.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return minutes, _without(re.sub(rf"(?:\bat\s+)?\b{word}\b", " ", text, flags=re.IGNORECASE))
    times = [one for one in _CLOCK.finditer(text) if _minutes(one) is not None]
    if not times:
        return None
    # Behind a date like 14.01.2027 the time comes last; 14.01 alone would look like one.
    last = times[-1]
    minutes_found = _minutes(last)
    assert minutes_found is not None, "that is why it was found"
    return minutes_found, _without(text[: last.start()] + " " + text[last.end() :])


def _without(text: str) -> str:
    return " ".join(text.split()).strip(" ,")


def _minutes(found: re.Match[str]) -> int | None:
    hour, half = int(found["h"]), (found["half"] or found["alone"] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + int(found["m"] or 0)
