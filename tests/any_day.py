"""The machine's own clock, for tests that run in real time: they say the same on any day, however late."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = tuple(range(7))
"""Working days with which a program goes on today, also on a Saturday."""

ROOM = timedelta(minutes=1)
"""For so long at least, the day that `today` gives goes on."""


def now() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The date there, which stays while a form is filled in: right before midnight the next one is waited for."""
    time.sleep(until_it_lasts(now().astimezone(ZoneInfo(zone))))
    return now().astimezone(ZoneInfo(zone)).date()


def until_it_lasts(moment: datetime) -> float:
    """The seconds from then, a moment at some place, until a day that goes on for `ROOM`: mostly none."""
    following = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    left = following.astimezone(UTC) - moment.astimezone(UTC)
    return left.total_seconds() if left < ROOM else 0.0
