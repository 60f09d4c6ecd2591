"""A cycle's life: when it is proposed, introduced and closed, and which cycle is due after a silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.cadence import instant, on_or_after
from mentoring.matching import Helps, Stop
from mentoring.plans import Plan
from mentoring.programs import Calendar


class CycleState(StrEnum):
    """Where a cycle stands."""

    PLANNED = "planned"
    PROPOSED = "proposed"
    RUNNING = "running"
    CLOSED = "closed"


CYCLE_MOVES: dict[CycleState, frozenset[CycleState]] = {
    CycleState.PLANNED: frozenset({CycleState.PROPOSED, CycleState.CLOSED}),
    CycleState.PROPOSED: frozenset({CycleState.RUNNING, CycleState.CLOSED}),
    CycleState.RUNNING: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class CycleTimes:
    """The dates of one cycle; instants are UTC. The cycle ends where the next one starts.

    `plan` are the meetings it is for; None for one that was planned in weeks.
    """

    number: int
    start_on: date
    proposal_at: datetime
    intro_at: datetime
    ends_at: datetime
    plan: Plan | None = None


class Why(StrEnum):
    """Why somebody has no partner, as far as they may read it themselves.

    `NOBODY_FREE` covers partners who are all taken, who met them before, who are in their reporting line, and who
    would rather not: nobody can tell which. `LADDER` is the lowest level for who learns, the highest for who shares.
    `UNSAID` is for pairs that came to nothing later, and for cycles that were stored without a class.
    """

    UNSAID = ""
    GUEST = "guest"
    NO_LEVEL = "no level"
    NO_SKILL = "no skill"
    NO_DEPARTMENT = "no department"
    LATE = "late"
    LADDER = "ladder"
    SKILL = "skill"
    LEVEL = "level"
    HOURS = "hours"
    LANGUAGE = "language"
    DEPARTMENT = "department"
    NOBODY_FREE = "nobody free"
    UNPREPARED = "unprepared"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody without a partner in a cycle, why, and what would help, for the leads; `why` is for the person.

    Cycles of older versions have sentences.
    """

    person_id: str
    side: str
    reason: Stop | str
    help: Helps | str
    why: Why = Why.UNSAID


FIRST_ALONE = 20
"""So many of a list of people without a partner are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class StillAlone:
    """Those without a partner as a list begins with them: the first few, and how many entries and people it has."""

    first: tuple[LeftOut, ...] = ()
    entries: int = 0
    people: int = 0

    @classmethod
    def of(cls, everybody: Sequence[LeftOut]) -> StillAlone:
        """The same of all who are on the list, in its order."""
        return cls(tuple(everybody[:FIRST_ALONE]), len(everybody), len({one.person_id for one in everybody}))


@dataclass(frozen=True, slots=True)
class Unserved:
    """A side (mentor, mentee, or neither in particular) on which somebody found no partner, and why."""

    side: str
    why: Why


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round of a program; `runs` counts how often pairs were computed for it."""

    id: int
    program_id: int
    times: CycleTimes
    state: CycleState
    runs: int = 0
    matched_at: datetime | None = None

    @property
    def number(self) -> int:
        """1 for the program's first cycle."""
        return self.times.number


def cycle_times(calendar: Calendar, number: int) -> CycleTimes:
    """The times of the cycle with that number, counted from the program's first start (never from now)."""
    length = timedelta(weeks=calendar.cycle_weeks)
    start = calendar.first_start + (number - calendar.first_number) * length
    intro_on = on_or_after(start, calendar.intro.weekday)
    zone, minutes = calendar.time_zone, calendar.intro.minutes
    return CycleTimes(
        number=number,
        start_on=start,
        proposal_at=instant(_proposal_day(calendar, intro_on), minutes, zone),
        intro_at=instant(intro_on, minutes, zone),
        ends_at=instant(on_or_after(start + length, calendar.intro.weekday), minutes, zone),
        plan=calendar.plan,
    )


def _proposal_day(calendar: Calendar, intro_on: date) -> date:
    """The day so long before the introductions, or the last working day before it."""
    day = intro_on - timedelta(days=calendar.proposal_days)
    while day.weekday() not in calendar.working_days:
        day -= timedelta(days=1)
    return day


def due_number(calendar: Calendar, now: datetime) -> int:
    """The latest cycle whose proposal time has come, or the one before the calendar's first, which is 0 at the start.

    The written rule for catching up: of all the cycles that were missed, only the latest is held.
    """
    weeks = (now.date() - calendar.first_start).days // 7
    before = calendar.first_number - 1
    guess = max(before, before + weeks // calendar.cycle_weeks + 2)
    while guess > before and cycle_times(calendar, guess).proposal_at > now:
        guess -= 1
    return guess


def follow_length(old: Calendar, new: Calendar, number: int) -> Calendar:
    """The new calendar, whose cycle length counts from the cycle with that number; earlier ones keep their dates."""
    return replace(new, first_start=cycle_times(old, number).start_on, first_number=number)
