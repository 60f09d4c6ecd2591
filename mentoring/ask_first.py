"""The mentee's quiet yes or no before a pair is final: what is asked, what was said, and times for first meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mentoring.cadence import WEEKDAYS, local_date
from mentoring.days import full_day
from mentoring.pairings import Pair
from mentoring.people import clock_text
from mentoring.working_time import WorkingTime, after_working_days

DAYS_TO_ANSWER = 1
"""Working days that a mentee has at least, also where their pair was approved just before the introductions."""

LATE_DAYS_TO_ANSWER = 2
"""The same for a pair that is approved after them: nothing waits for it but the two."""

REMINDED_AFTER = 1
"""Working days after which a question without an answer is asked once more."""

WELL_BEFORE = timedelta(hours=2)
"""Nearer than this to the moment at which leads are told, nobody is reminded."""

FIRST_MONTH = timedelta(days=31)
MEETING = timedelta(minutes=45)
"""A meeting's usual length; see `programs.meetings`."""

MOST_SLOTS = 3


class Said(StrEnum):
    """What became of a question: the mentee's answer, or that leads introduced the pair without one."""

    YES = "yes"
    NO = "no"
    AHEAD = "ahead"


class AfterNo(StrEnum):
    """What somebody wants who said no: another partner in this cycle, or none."""

    AGAIN = "again"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the mentee of a pair is asked; `question` is the pair by whose number it was asked for all in a group.

    `due_at` is when the leads are told that there is no answer, and `told_at` when they were. `remind_at` is when it is
    asked once more, None where it was or is not to be. `slots` are the times that the mentee can meet at.
    """

    pair_id: int
    question: int
    asked_at: datetime
    due_at: datetime
    remind_at: datetime | None = None
    told_at: datetime | None = None
    said: Said | None = None
    after: AfterNo | None = None
    slots: tuple[datetime, ...] = ()


class Stand(StrEnum):
    """Where a question stands, for the mentee who reads it."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    INTRODUCED = "introduced"
    AHEAD = "ahead"
    OVER = "over"
    YES_OVER = "yes_over"


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """To a mentee, alone: whether they would like to be introduced to these mentors, and what they said.

    `again` is for the one reminder. `begun` tells that intro time has passed, `over` that the cycle is, and `met` that
    they were introduced to somebody in it. `together` are mentors of theirs who are in the conversation already. `anew`
    tells that a newer message asks the same.
    """

    program: str
    pairs: tuple[Pair, ...]
    stand: Stand
    intro_at: datetime
    begun: bool
    over: bool = False
    met: bool = False
    again: bool = False
    anew: bool = False
    after: AfterNo | None = None
    slots: tuple[datetime, ...] = ()
    together: tuple[str, ...] = ()

    @property
    def can_offer(self) -> bool:
        """Whether times for a first talk can be offered now."""
        return self.stand is Stand.YES and not self.anew

    @property
    def can_take_back(self) -> bool:
        """Whether a no can become a yes: until the introductions, when others hear that they have no partner."""
        return self.stand is Stand.NO and not self.begun

    @property
    def number(self) -> int:
        """The number by which it is answered."""
        return self.pairs[0].id if self.pairs else 0


@dataclass(frozen=True, slots=True)
class WaitingPair:
    """A pair whose mentee has not answered, or what became of it since."""

    pair: Pair
    waits: bool


@dataclass(frozen=True, slots=True)
class AsksWait:
    """To each lead, privately: which pairs are not introduced yet because their mentee has not answered.

    Those that the reader is in are not among them. `over` once the cycle is.
    """

    program: str
    cycle_number: int
    pairs: tuple[WaitingPair, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class SlotsForm:
    """What the form for times shows: for which mentors, what was chosen before, and between which moments."""

    number: int
    mentors: tuple[str, ...]
    slots: tuple[datetime, ...]
    begins: datetime
    ends: datetime
    work: WorkingTime


def due_at(arrives: datetime, intro_at: datetime, days: Sequence[int], zone: str) -> datetime:
    """When leads are told that nobody answered a question which arrives at that moment; never before intro time."""
    enough = DAYS_TO_ANSWER if arrives < intro_at else LATE_DAYS_TO_ANSWER
    return max(intro_at, after_working_days(arrives, enough, days, zone))


def remind_at(arrives: datetime, due: datetime, days: Sequence[int], zone: str) -> datetime | None:
    """When the question is asked once more; None where it would come too late to help."""
    moment = after_working_days(arrives, REMINDED_AFTER, days, zone)
    return moment if moment + WELL_BEFORE <= due else None


def first_month(intro_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments a first meeting can be: a month from the introduction, or from now where that has been."""
    begins = max(intro_at, now)
    return begins, max(intro_at, now) + FIRST_MONTH


def wrong_with_slot(
    slot: datetime, others: Sequence[datetime], span: tuple[datetime, datetime], work: WorkingTime
) -> str:
    """Why somebody cannot offer that time, in a sentence; empty where they can. `others` stand before it."""
    begins, ends = span
    day = when_in_words(slot, work.zone)
    if slot < begins:
        return f"{day} is too early. Choose a time from {when_in_words(begins, work.zone)} on."
    if slot > ends:
        return f"{day} is more than a month away. Choose a time by {full_day(local_date(ends, work.zone))}."
    if slot in others:
        return f"{day} is there already. Choose another time, or leave this empty."
    if not work.is_open(slot):
        return f"{day} is outside your working time, {in_words(work)}. Choose a time within it."
    if not work.is_open(slot + MEETING - timedelta(minutes=1)):
        return f"{day} is too near to the end of your working time, {in_words(work)}, for 45 minutes."
    return ""


def when_in_words(moment: datetime, zone: str) -> str:
    """Like `Tuesday, March 10, 2026 at 10:00`, by the wall clock in that zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{full_day(local.date())} at {clock_text(local.hour * 60 + local.minute)}"


def in_words(work: WorkingTime) -> str:
    """Somebody's working time, like `09:00 to 17:00, Monday to Friday`."""
    starts, ends = (clock_text(minutes % (24 * 60)) for minutes in work.hours)
    days = sorted(work.days)
    in_a_row = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    names = [WEEKDAYS[day] for day in days]
    named = f"{names[0]} to {names[-1]}" if in_a_row else ", ".join(names)
    return f"{starts} to {ends}, {named}"


def shared(slots: Sequence[datetime], others: Sequence[WorkingTime], after: datetime) -> tuple[datetime, ...]:
    """Those of a mentee's times at which all the others work too, from that moment on, the first one first."""
    return tuple(
        slot
        for slot in sorted(set(slots))
        if slot >= after
        and all(one.is_open(slot) and one.is_open(slot + MEETING - timedelta(minutes=1)) for one in others)
    )
