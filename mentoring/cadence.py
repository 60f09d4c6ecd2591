"""When things happen: weekly instants in a time zone, right on both days a year when the clocks change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKLY = "{weekday} at {hour:02d}:{minute:02d}"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday (0 is Monday) and a wall-clock time in minutes from midnight."""

    weekday: int
    minutes: int

    @property
    def words(self) -> str:
        """Like `Tuesday at 09:30`."""
        return _WEEKLY.format(
            weekday=WEEKDAYS[self.weekday], hour=self.minutes // 60, minute=self.minutes % 60
        )


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One week's instance of something weekly: its ISO week, its instant, and when it is too late for it (both UTC).

    The week is that of the weekday it is planned on, also where its instant moved into the next one.
    """

    week: str
    at: datetime
    expires_at: datetime


def instant(day: date, minutes: int, zone: str) -> datetime:
    """The first instant (UTC) at which the wall clock in `zone` shows that time on that day, or later.

    A time that the clocks skip becomes the first instant after the gap; a time that they repeat is its first one.
    """
    tz = ZoneInfo(zone)
    nominal = datetime.combine(day, time(minutes // 60, minutes % 60))
    found = nominal.replace(tzinfo=tz).astimezone(UTC)
    if found.astimezone(tz).replace(tzinfo=None) == nominal:
        return found
    # In a gap, fold=0 counts with the offset before it and so lands as far behind the gap's end as the nominal time
    # lies behind its start; fold=1 counts with the offset after it. The gap's end is where the two offsets meet.
    before = nominal.replace(tzinfo=tz, fold=0).utcoffset()
    after = nominal.replace(tzinfo=tz, fold=1).utcoffset()
    assert before is not None, "a ZoneInfo always knows its offset"
    assert after is not None, "a ZoneInfo always knows its offset"
    return _gap_end(found - (after - before), found, tz)


def _gap_end(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """The instant in (low, high] at which the zone's offset becomes that of `high`, by bisection to the second."""
    target = high.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(tz).utcoffset() == target:
            high = middle
        else:
            low = middle
    return high


def is_zone(name: str) -> bool:
    """Whether the time zone is known here; Python reports unknown and unreadable names in three different ways."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def local_date(moment: datetime, zone: str) -> date:
    """The calendar date in `zone` at that moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def week_of(day: date) -> str:
    """The ISO week like `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def on_or_after(day: date, weekday: int) -> date:
    """The first date with that weekday (0 is Monday) that is not before `day`."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def comes_in(week: date, weeks: int, since: date) -> bool:
    """Whether what comes every so many weeks, counted from one Monday, comes in the week of another."""
    return (week - since) // WEEK % weeks == 0


Moved = Callable[[datetime], datetime]
"""Where an instant moves to, at most two weeks later; later instants never move before earlier ones."""


def not_at_all(moment: datetime) -> datetime:
    """Leave an instant where it is."""
    return moment


def occurrence(weekly: Weekly, day: date, zone: str, moved: Moved = not_at_all) -> Occurrence:
    """The occurrence in the ISO week of `day`; it is worth having until the end of the next local day."""
    monday = day - timedelta(days=day.weekday())
    on = monday + timedelta(days=weekly.weekday)
    planned = instant(on, weekly.minutes, zone)
    at = moved(planned)
    last_day = (on if at == planned else local_date(at, zone)) + timedelta(days=1)
    return Occurrence(week_of(on), at, expires_at=instant(last_day + timedelta(days=1), 0, zone))


def latest(weekly: Weekly, now: datetime, zone: str, moved: Moved = not_at_all) -> Occurrence:
    """The last occurrence that is not after `now`."""
    today = local_date(now, zone)
    for weeks in range(5):
        found = occurrence(weekly, today - weeks * WEEK, zone, moved)
        if found.at <= now:
            return found
    raise AssertionError("one of five weeks in a row has come")


def following(weekly: Weekly, after: datetime, zone: str, moved: Moved = not_at_all) -> Occurrence:
    """The first occurrence that is later than `after`."""
    today = local_date(after, zone)
    for weeks in range(-3, 3):
        found = occurrence(weekly, today + weeks * WEEK, zone, moved)
        if found.at > after:
            return found
    raise AssertionError("one of the weeks to come lies ahead")
