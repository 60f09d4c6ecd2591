"""When two members both work, told in each one's own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentoring.matching.hours import utc_window
from mentoring.matching.model import MINUTES_A_DAY
from mentoring.messages import SharedHours


def shared(both: Sequence[tuple[str, str, tuple[int, int]]], day: date) -> tuple[SharedHours, ...]:
    """The longest stretch of that day in which two people work, once for each; empty when there is none.

    Each is told by (id, time zone, working hours in minutes from local midnight).
    """
    windows = [utc_window(zone, hours, day) for _, zone, hours in both]
    stretch = _longest([window for window in windows if window])
    if stretch is None:
        return ()
    start, length = stretch
    return tuple(
        SharedHours(person_id, zone, local := _local(start, zone, day), (local + length) % MINUTES_A_DAY)
        for person_id, zone, _ in both
    )


def _longest(windows: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The longest overlap of two windows of (start in UTC, length) in minutes, or None."""
    if len(windows) != 2:
        return None
    (start, length), (other, other_length) = windows
    stretches = []
    for moved in (other - MINUTES_A_DAY, other, other + MINUTES_A_DAY):
        begin, end = max(start, moved), min(start + length, moved + other_length)
        stretches.append((end - begin, begin))
    most, begin = max(stretches)
    return (begin % MINUTES_A_DAY, most) if most > 0 else None


def _local(utc_minutes: int, zone: str, day: date) -> int:
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo("UTC"))
    local = (midnight + timedelta(minutes=utc_minutes)).astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute
