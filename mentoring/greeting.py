"""What set-up ends with: the dates of the cycle to come, the welcome to leads, and word that it cannot be posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.cadence import following
from mentoring.checkins import FIRST_AFTER
from mentoring.cycles import cycle_times, due_number
from mentoring.programs import Calendar


@dataclass(frozen=True, slots=True)
class Dates:
    """When the cycle with that number does what; instants are UTC, and `zone` is the program's.

    `days` is how many days leads want for approval. With `short`, fewer are left: the pairs are looked for on
    `proposal_at`, which is `at_once` or halfway to the introductions. `passed` tells that the time of these has.
    """

    number: int
    proposal_at: datetime
    intro_at: datetime
    checkin_at: datetime
    ends_at: datetime
    zone: str
    days: int
    short: bool = False
    at_once: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class LeadsWelcome:
    """To the leads' channel after the set-up: where it is, what comes when, and an invitation; no dates once over."""

    program: str
    dates: Dates | None


@dataclass(frozen=True, slots=True)
class SetUpTrouble:
    """To whoever saved the settings: the welcome could not be posted in the leads' channel, and why.

    `settled` tells that it has been by now, or that another channel is the leads'.
    """

    program: str
    channel: str
    why: str
    settled: bool = False


def number_to_come(calendar: Calendar, now: datetime) -> int:
    """The cycle whose pairs are to be proposed next, or are being decided on."""
    number = max(calendar.first_number, due_number(calendar, now))
    if number > calendar.first_number and cycle_times(calendar, number).intro_at <= now:
        number += 1
    return number


def dates_of(calendar: Calendar, number: int, since: datetime, at_once: bool = False) -> Dates | None:
    """The dates of a cycle, as seen from the moment of the set-up; None for one of an earlier calendar.

    Where the time to look for pairs has passed, that is done `at_once`, or halfway to the introductions.
    """
    if number < calendar.first_number:
        return None
    times = cycle_times(calendar, number)
    short = times.proposal_at < since
    halfway = since + max(timedelta(), times.intro_at - since) / 2
    soon = since if at_once else halfway
    return Dates(
        number=number,
        proposal_at=soon if short else times.proposal_at,
        intro_at=times.intro_at,
        checkin_at=following(calendar.checkin, times.intro_at + FIRST_AFTER, calendar.time_zone).at,
        ends_at=times.ends_at,
        zone=calendar.time_zone,
        days=calendar.proposal_days,
        short=short,
        at_once=at_once,
        passed=times.intro_at <= since,
    )
