"""Working days as people write them: "09:00-17:30", "9am to 5pm", "9h-17h30", and shifts that end on the next day."""

from __future__ import annotations

import re
from typing import NamedTuple

from mentoring.spelled.texts import Unclear, one_line

A_DAY = 24 * 60
_NOON = 12 * 60

_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:\s*(?:[:.,]|h|uhr|时|時|点|點)\s*(?P<minute>[0-9]{2})(?::00)?\s*(?:分)?|(?P<packed>[0-9]{2}))?"
    r"\s*(?P<half>[ap]\.?\s*m\.?)?\s*(?:o'?clock|h|hrs?|uhr|时|時|点|點)?",
    re.IGNORECASE,
)
_NAMED = {"noon": _NOON, "midday": _NOON, "midnight": 0}
_BETWEEN = re.compile(
    r"\s*(?:[-~〜→]|から|至|到)\s*|\s+(?:to|until|till|til|bis|tot|à|a|al|às|hasta|do|до)\s+", re.IGNORECASE
)
_AROUND = re.compile(
    r"^(?:from|von|de|das|dalle|van|с|od)\s+|\s+(?:uhr|hours?|hrs?|local time)$|まで$", re.IGNORECASE
)
_ALL_DAY = re.compile(
    r"24\s*(?:h|hours?|hrs?|stunden|/\s*7)|all day|around the clock|0-24(?:\s*h|\s*uhr)?", re.IGNORECASE
)
_SMALL_HOURS = 6 * 60
LONGEST_NIGHT = 16 * 60
"""The longest working day, in minutes, that ends on the day after it began."""


class Hours(NamedTuple):
    """A working day in minutes from midnight; one that ends on the next day ends after 1440.

    `guessed` tells that no half of the day was given and the usual one was taken.
    """

    starts: int
    ends: int
    guessed: bool = False


class _Clock(NamedTuple):
    """A time as it was written: `half` is am or pm or nothing; a `bare` one has an hour from 1 to 12 and no zero."""

    minutes: int
    half: str
    bare: bool
    alone: bool


def working_day(starts: int, ends: int) -> tuple[int, int] | None:
    """Return a working day from two times on the clock, the second on the next day where it is not the later one.

    From midnight to midnight is the whole day. From any other time to itself is none, and nor is a night of more than
    sixteen hours: whoever gives 09:00 and 05:00 is more likely to mean the afternoon.
    """
    if starts == ends % A_DAY:
        return None if starts else (0, A_DAY)
    last = ends if ends > starts else ends + A_DAY
    return None if last > A_DAY and last - starts > LONGEST_NIGHT else (starts, last)


def read_hours(text: str) -> Hours:
    """Return the working day that a text means; raises `Unclear` when it means none, or both of two."""
    line = _AROUND.sub("", one_line(text))
    if _ALL_DAY.fullmatch(line):
        return Hours(0, A_DAY)
    times = [_clock(part) for part in _BETWEEN.split(line)]
    if len(times) != 2 or times[0] is None or times[1] is None:
        raise _none()
    return _day(times[0], times[1])


def _none() -> Unclear:
    return Unclear("is not a working day. Give it like 09:00-17:30.")


def _clock(text: str) -> _Clock | None:
    if text.casefold() in _NAMED:
        return _Clock(_NAMED[text.casefold()], "named", bare=False, alone=False)
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["packed"] or 0)
    half = (found["half"] or "")[:1].casefold()
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return None
    bare = not half and 1 <= hour <= 12 and not found["hour"].startswith("0")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _Clock(hour * 60 + minute, half, bare, found["minute"] is None and found["packed"] is None)


def _day(first: _Clock, last: _Clock) -> Hours:
    """Return the day between two times, with the missing halves of the day found."""
    starts, ends, guessed = first.minutes, last.minutes, False
    if last.half in ("a", "p") and first.bare:
        starts = _before(starts % _NOON, ends)
    elif first.half in ("a", "p") and last.bare:
        ends = _after(ends % _NOON, starts)
    elif first.bare and last.bare:
        guessed = ends < starts
        ends += _NOON if guessed else 0
        if not guessed and first.alone and starts < _SMALL_HOURS:
            raise Unclear(
                "can be in the morning or in the afternoon. Write it like 13:00-17:00, or with am and pm."
            )
    day = working_day(starts, ends)
    if day is None:
        raise _none() if starts == ends else _too_long(starts, ends)
    return Hours(*day, guessed)


def _before(start: int, end: int) -> int:
    """Return the last of two times, twelve hours apart, that is before the end of the day."""
    return max((start, start + _NOON), key=lambda one: (one < end, one)) if end else start + _NOON


def _after(end: int, start: int) -> int:
    """Return the first of two times, twelve hours apart, that is after the start of the day."""
    return min((end, end + _NOON), key=lambda one: (one <= start, one))


def _too_long(starts: int, ends: int) -> Unclear:
    hours, later = (ends - starts) % A_DAY // 60, (ends + _NOON) % A_DAY
    return Unclear(
        f"is a working day of {hours} hours. Give {later // 60:02d}:{later % 60:02d} as its end if you mean the other "
        "half of the day."
    )
