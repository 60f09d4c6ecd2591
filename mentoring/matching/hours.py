"""Working hours across time zones: how long two people's days overlap."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mentoring.matching.model import MINUTES_A_DAY, Participant


def shared_minutes(one: Participant, other: Participant, on: date) -> int:
    """Return how many minutes a day both work, with the clocks as they stand on the Monday `on`.

    Days repeat, so Tuesday morning in Auckland meets Monday afternoon in Los Angeles. Nothing is shared with
    somebody whose time zone is unknown.
    """
    return _shared(one.time_zone, one.hours, other.time_zone, other.hours, on)


@lru_cache(maxsize=16_384)
def _shared(
    time_zone: str, hours: tuple[int, int], other_zone: str, other_hours: tuple[int, int], on: date
) -> int:
    one, other = utc_window(time_zone, hours, on), utc_window(other_zone, other_hours, on)
    return overlap(one, other) if one and other else 0


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return for how many minutes a day two windows overlap, each (start in UTC, length) in minutes."""
    (start, length), (other_start, other_length) = one, other
    return sum(
        max(0, min(start + length, moved + other_length) - max(start, moved))
        for moved in (other_start - MINUTES_A_DAY, other_start, other_start + MINUTES_A_DAY)
    )


@lru_cache(maxsize=16_384)
def widened(
    one: tuple[int, int], other: tuple[int, int], least: int, most: int, step: int
) -> tuple[int, int] | None:
    """Return by how many minutes the first window has to grow before its start or after its end to overlap enough.

    One of the two is 0, and the other a multiple of `step` up to `most`, the smallest that will do; None if none does.
    """
    start, length = one
    for more in range(step, min(most, MINUTES_A_DAY - length) + 1, step):
        if overlap((start, length + more), other) >= least:
            return 0, more
        if overlap(((start - more) % MINUTES_A_DAY, length + more), other) >= least:
            return more, 0
    return None


@lru_cache(maxsize=16_384)
def utc_window(time_zone: str, hours: tuple[int, int], on: date) -> tuple[int, int] | None:
    """Return a working day as (start in UTC, length) in minutes, or None for an unknown time zone."""
    zone = _zone(time_zone)
    if zone is None:
        return None
    start, end = hours
    local = datetime.combine(on, time(), tzinfo=zone) + timedelta(minutes=start)
    ahead = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    return (start - ahead) % MINUTES_A_DAY, end - start


def _zone(name: str) -> ZoneInfo | None:
    """Look a zone up; Python reports unknown names, folders and unreadable names in three different ways."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
