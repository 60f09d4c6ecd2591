"""Three times for a meeting at which everybody is at work: those that somebody offers first, and then others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from mentoring.cadence import local_date
from mentoring.working_time import WorkingTime, opens_for_all

MEETING = timedelta(minutes=45)
"""A first meeting, as published programs have them."""

MOST = 3
WITHIN = timedelta(days=14)
"""A first meeting is to be within two weeks; the number is the product's rule."""

NOTICE = timedelta(hours=18)
"""The first time is not on the day on which people read of it."""

_STEPS = (timedelta(minutes=30), timedelta(minutes=15))
_PLACES = (1, 3, 2)
"""In which quarter of the hours that all share the first, second and third time lie, so that they differ."""

Window = tuple[datetime, datetime]


def suits(
    everybody: Sequence[WorkingTime],
    moment: datetime,
    holidays: Collection[str] = (),
    length: timedelta = MEETING,
) -> bool:
    """Whether a meeting that begins then lies in the working hours of all, and on a holiday of nobody."""
    return all(one.has_room(moment, length) and _works_on(one, moment, holidays) for one in everybody)


def _works_on(one: WorkingTime, moment: datetime, holidays: Collection[str]) -> bool:
    return local_date(moment, one.zone).isoformat() not in holidays


def first_times(
    everybody: Sequence[WorkingTime],
    since: datetime,
    offered: Sequence[datetime] = (),
    holidays: Collection[str] = (),
) -> tuple[datetime, ...]:
    """Up to three times (UTC), in order, within two weeks of when all are at work; none where they share no hours.

    Those that somebody `offered` come before others, as far as they suit all and are still to come. `holidays` are
    dates like `2026-12-25`. The last of everybody is whose days count for having each on another day.
    """
    begins = opens_for_all(everybody, since)
    if begins is None:
        return ()
    begins += NOTICE
    kept = [one for one in sorted(set(offered)) if one >= begins and suits(everybody, one, holidays)][:MOST]
    days = {local_date(one, everybody[-1].zone) for one in kept}
    windows = [one for one in _windows(everybody, begins) if _day(everybody, one) not in days]
    return tuple(sorted([*kept, *_spread(everybody, windows, holidays, MOST - len(kept))]))


def _day(everybody: Sequence[WorkingTime], window: Window) -> date:
    return local_date(window[0], everybody[-1].zone)


def _spread(
    everybody: Sequence[WorkingTime], windows: Sequence[Window], holidays: Collection[str], most: int
) -> Iterator[datetime]:
    """A time in each of the first windows; where there are fewer, further ones in the same."""
    # What lies in a window is in the hours of all already.
    free = [slots for window in windows if (slots := _working(everybody, _slots(window), holidays))]
    found: list[datetime] = []
    for turn in range(MOST):
        for slots in free:
            apart = [one for one in slots if all(abs(one - other) >= MEETING for other in found)]
            if (
                apart
                and len(found) < most
                and (turn or _day_of(everybody, slots) not in _days(everybody, found))
            ):
                found.append(apart[(len(apart) - 1) * _PLACES[len(found)] // 4])
    yield from found


def _working(
    everybody: Sequence[WorkingTime], slots: Sequence[datetime], holidays: Collection[str]
) -> list[datetime]:
    """Those of them that are on a holiday of nobody."""
    return [slot for slot in slots if all(_works_on(one, slot, holidays) for one in everybody)]


def _day_of(everybody: Sequence[WorkingTime], slots: Sequence[datetime]) -> date:
    return local_date(slots[0], everybody[-1].zone)


def _days(everybody: Sequence[WorkingTime], found: Sequence[datetime]) -> set[date]:
    return {local_date(one, everybody[-1].zone) for one in found}


def _windows(everybody: Sequence[WorkingTime], begins: datetime) -> list[Window]:
    """When all are at work in the two weeks from then on, each stretch long enough for a meeting."""
    shared: list[Window] = [(begins, begins + WITHIN)]
    for one in everybody:
        shifts = list(one.shifts(local_date(begins, one.zone)))
        shared = [
            (max(starts, opens), min(ends, closes))
            for starts, ends in shared
            for opens, closes in shifts
            if min(ends, closes) - max(starts, opens) >= MEETING
        ]
    return sorted(set(shared))


def _slots(window: Window) -> list[datetime]:
    """The times in a window at which a meeting can begin: at half hours, else at quarters, else at its start."""
    starts, ends = window
    for step in _STEPS:
        found, slot = [], _rounded_up(starts, step)
        while slot + MEETING <= ends:
            found.append(slot)
            slot += step
        if found:
            return found
    return [starts]


def _rounded_up(moment: datetime, step: timedelta) -> datetime:
    since = moment - datetime(2000, 1, 1, tzinfo=UTC)
    return moment + (-since % step)
