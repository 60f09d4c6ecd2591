"""When the members of a pair or a group all work, told in each one's own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentoring.matching.hours import utc_window
from mentoring.matching.model import MINUTES_A_DAY
from mentoring.messages import SharedHours


def shared(everybody: Sequence[tuple[str, str, tuple[int, int]]], day: date) -> tuple[SharedHours, ...]:
    """The longest stretch of that day in which two people or more work, once for each; empty when there is none.

    Each is told by (id, time zone, working hours in minutes from local midnight).
    """
    windows = [window for _, zone, hours in everybody if (window := utc_window(zone, hours, day))]
    stretch = _longest(windows) if len(windows) == len(everybody) > 1 else None
    if stretch is None:
        return ()
    start, length = stretch
    return tuple(
        SharedHours(person_id, zone, local := _local(start, zone, day), (local + length) % MINUTES_A_DAY)
        for person_id, zone, _ in everybody
    )


def _longest(windows: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The longest overlap of all windows of (start in UTC, length) in minutes, or None."""
    (first, length), *others = windows
    stretches = [(first, first + length)]
    for start, length in others:
        moved = [(start + days * MINUTES_A_DAY, length) for days in (-1, 0, 1)]
        stretches = [
            (max(begin, other), min(end, other + long)) for begin, end in stretches for other, long in moved
        ]
    most, begin = max((end - begin, begin) for begin, end in stretches)
    return (begin % MINUTES_A_DAY, most) if most > 0 else None


def _local(utc_minutes: int, zone: str, day: date) -> int:
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo("UTC"))
    local = (midnight + timedelta(minutes=utc_minutes)).astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute
