"""How a program stands, in figures and by its dates: for the leads' Home, and once a week in their channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mentoring.at_risk import Reason
from mentoring.cadence import Occurrence, Weekly, following, local_date, occurrence
from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from mentoring.people import DEFAULT_HOURS
from mentoring.programs import Calendar


class Figure(StrEnum):
    """What is counted, in the order in which it is told; each has a list behind it."""

    RUNNING = "running"
    MET = "met"
    PLANNED = "planned"
    SILENT = "silent"
    PAUSED = "paused"
    HELP = "help"
    ALONE = "alone"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a program at a moment, as one reader may have them.

    `cycle` is the number of the newest one whose pairs were chosen, 0 for none; its pairs `waiting` for a decision and
    `approved`, and people `alone` without a partner, are counted.
    Pairs run once their introduction has arrived; so many more are `arriving`. What people answered is counted without
    the `apart` pairs, those of the readers themselves. Of the `paused` people, some are `paused_in_pairs`. `risks`
    counts pairs by reason, and a pair may have several; `at_risk` counts the pairs. `held` people have no level.
    """

    members: int = 0
    cycle: int = 0
    running: int = 0
    arriving: int = 0
    apart: int = 0
    met: int = 0
    planned: int = 0
    paused: int = 0
    paused_in_pairs: int = 0
    help: int = 0
    alone: int = 0
    ended: int = 0
    waiting: int = 0
    approved: int = 0
    held: int = 0
    at_risk: int = 0
    risks: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def silent(self) -> int:
        """In how many pairs nobody answers."""
        return self.risks.get(Reason.NOBODY_ANSWERS, 0)

    def of(self, figure: Figure) -> int:
        """One of the figures."""
        return int(getattr(self, figure.value))


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a program is in its cycles: which one runs until when, and what is planned for the next.

    No cycle runs where `running` is 0. The pairs of the next one are `proposed` already, or will be. Days are those at
    the program's place.
    """

    running: int
    ends_on: date | None
    number: int
    proposed: bool
    proposal_on: date
    intro_on: date


@dataclass(frozen=True, slots=True)
class Digest:
    """To the leads' channel, once a week: how the program stood on a day, which it says."""

    program: str
    on: date
    figures: Figures
    phase: Phase


def phase(calendar: Calendar, cycles: Sequence[Cycle], now: datetime) -> Phase:
    """Where a program with these cycles is now."""
    running = [one for one in cycles if one.state is CycleState.RUNNING]
    to_come = [one for one in cycles if one.state in (CycleState.PLANNED, CycleState.PROPOSED)]
    if to_come:
        upcoming, proposed = to_come[-1].times, to_come[-1].state is CycleState.PROPOSED
    else:
        last = max((one.number for one in cycles), default=0)
        number = max(calendar.first_number, due_number(calendar, now), last + 1)
        upcoming, proposed = cycle_times(calendar, number), False
    there = calendar.time_zone
    return Phase(
        running[-1].number if running else 0,
        local_date(running[-1].times.ends_at, there) if running else None,
        upcoming.number,
        proposed,
        local_date(upcoming.proposal_at, there),
        local_date(upcoming.intro_at, there),
    )


def told_on(calendar: Calendar) -> Weekly:
    """When the digest of a week is told: on the morning of its first working day."""
    return Weekly(min(calendar.working_days), DEFAULT_HOURS[0])


def this_week(calendar: Calendar, now: datetime) -> Occurrence:
    """The digest of the week at the program's place, which may be to come."""
    return occurrence(told_on(calendar), local_date(now, calendar.time_zone), calendar.time_zone)


def next_after(calendar: Calendar, now: datetime) -> datetime:
    """When the next digest is told."""
    return following(told_on(calendar), now, calendar.time_zone).at
