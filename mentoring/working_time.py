"""When people are at work: whether a moment lies in somebody's working time, and which is the first that does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mentoring.cadence import WEEKDAYS, instant, local_date

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
EVERY_DAY = tuple(range(len(WEEKDAYS)))
MINUTES_A_DAY = 24 * 60

TOGETHER_WITHIN = timedelta(days=7)
"""A week shows every hour that several people share; later ones are the same again."""

_LOOK_BACK = 2
"""A night shift that began the day before may go on, and a zone that crosses the date line skips a day."""

_LOOK_AHEAD = 16
"""With one working day a week, and that one lost in a jump of the clocks, the next is two weeks away."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Somebody's working week in a time zone that is known here.

    `hours` are minutes from local midnight; a night shift may end after 1440. `days` are the weekdays (0 is Monday)
    on which a working day begins, at least one.
    """

    zone: str
    hours: tuple[int, int]
    days: tuple[int, ...] = MONDAY_TO_FRIDAY

    def is_open(self, moment: datetime) -> bool:
        """Whether they are at work at that moment; the last one of a day is outside."""
        return self.opens_at(moment) == moment

    def opens_at(self, moment: datetime) -> datetime:
        """The first moment (UTC) at or after this one at which they are at work."""
        for starts, ends in self.shifts(local_date(moment, self.zone)):
            if moment < ends:
                return max(moment, starts)
        raise AssertionError("there is a working day in every two weeks")

    def has_room(self, moment: datetime, length: timedelta) -> bool:
        """Whether something of that length that begins at that moment lies within one of their working days."""
        shifts = self.shifts(local_date(moment, self.zone))
        return any(starts <= moment and moment + length <= ends for starts, ends in shifts)

    def shifts(self, around: date) -> Iterator[tuple[datetime, datetime]]:
        """Working days as (start, end), in order; one that a jump of the clocks swallows is left out."""
        starts, ends = self.hours
        for ahead in range(-_LOOK_BACK, _LOOK_AHEAD):
            day = around + timedelta(days=ahead)
            if day.weekday() in self.days:
                shift = (_instant(day, starts, self.zone), _instant(day, ends, self.zone))
                if shift[0] < shift[1]:
                    yield shift


def opens_for_all(everybody: Sequence[WorkingTime], moment: datetime) -> datetime | None:
    """The first moment at or after this one at which all are at work, or None when a week has none."""
    found = moment
    while found <= moment + TOGETHER_WITHIN:
        latest = max(one.opens_at(found) for one in everybody)
        if latest == found:
            return found
        found = latest
    return None


def after_working_days(moment: datetime, number: int, days: Sequence[int], zone: str) -> datetime:
    """The moment (UTC) so many working days later, at the same time by the wall clock in that zone.

    `days` are the weekdays (0 is Monday) on which a working day begins, at least one.
    """
    local = moment.astimezone(ZoneInfo(zone))
    day, left = local.date(), number
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() in days
    return instant(day, local.hour * 60 + local.minute, zone)


def _instant(day: date, minutes: int, zone: str) -> datetime:
    """The instant so many minutes after local midnight by the wall clock, on that day or the next."""
    later, minutes = divmod(minutes, MINUTES_A_DAY)
    return instant(day + timedelta(days=later), minutes, zone)
