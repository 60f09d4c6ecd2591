"""When two members both work, told in each one's own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentoring.matching.hours import utc_window
from mentoring.matching.model import MINUTES_A_DAY
from mentoring.messages import SharedHours
from mentoring.people import Member
from mentoring.programs import Program
from program import calendar
from program.matching import monday_of


def shared(program: Program, both: Iterable[Member], day: date) -> tuple[SharedHours, ...]:
    """The longest stretch in which both work, once for each; empty when there is none or a zone is unknown."""
    zones = {
        member.person.id: (calendar.zone_of(member.person, program), member.profile.hours) for member in both
    }
    windows = [utc_window(zone, hours, monday_of(day)) for zone, hours in zones.values()]
    stretch = _longest([window for window in windows if window])
    if stretch is None or len(windows) != 2:
        return ()
    start, length = stretch
    return tuple(
        SharedHours(
            person_id, zone, local := _local(start, zone, monday_of(day)), (local + length) % MINUTES_A_DAY
        )
        for person_id, (zone, _) in zones.items()
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
