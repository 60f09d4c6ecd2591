"""Days in words, as sentences of the program name them."""

from __future__ import annotations

from datetime import date

from mentoring.cadence import WEEKDAYS

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FULL_DAY = "{weekday}, {month} {day}, {year}"


def full_day(day: date) -> str:
    """Like `Sunday, January 31, 2027`: whoever typed a date sees by the weekday whether it was understood."""
    return _FULL_DAY.format(
        weekday=WEEKDAYS[day.weekday()], month=MONTHS[day.month - 1], day=day.day, year=day.year
    )
