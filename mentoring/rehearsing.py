"""What a program would send in the coming weeks, as a list, and what in it somebody should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentoring import budget
from mentoring.messages import Kind

WEEKS = range(1, 53)
DEFAULT_WEEKS = 4

A_WEEK = budget.A_WEEK
"""Messages that one person gets in a week at most; what is never kept back can make it more, which leads should see."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One message that would be sent.

    `at` is when, and `day` the date where its readers are: the `people`, or whoever is in the `channel`. `off` tells
    that none of its readers works on that day.
    """

    at: datetime
    day: date
    kind: Kind
    people: tuple[str, ...]
    channel: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Crowded:
    """Somebody who gets many messages in a week, which begins on that Monday."""

    person_id: str
    week: date
    messages: int


@dataclass(frozen=True, slots=True)
class Warnings:
    """What in a rehearsal somebody should look at."""

    off: tuple[Coming, ...] = ()
    holidays: tuple[Coming, ...] = ()
    crowded: tuple[Crowded, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.off or self.holidays or self.crowded)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The coming messages until a day, in the order in which they would be sent, if people did as they usually do.

    `answered` tells whether everybody would answer at once, or nobody at all. Leads approve every proposed pair.
    """

    until: datetime
    messages: tuple[Coming, ...]
    answered: bool = True
    warnings: Warnings = Warnings()

    def days(self) -> list[tuple[date, Counter[Kind]]]:
        """How many messages of each kind there are on each day that has some."""
        found: dict[date, Counter[Kind]] = {}
        for one in self.messages:
            found.setdefault(one.day, Counter())[one.kind] += 1
        return sorted(found.items())


def warnings(messages: Sequence[Coming], holidays: Iterable[date] = (), a_week: int = A_WEEK) -> Warnings:
    """What falls on days on which its readers do not work, on public holidays, or is much for one person."""
    closed = frozenset(holidays)
    counts = Counter((person, _monday(one.day)) for one in messages for person in one.people)
    many = (Crowded(person, week, number) for (person, week), number in counts.items() if number > a_week)
    return Warnings(
        off=tuple(one for one in messages if one.off),
        holidays=tuple(one for one in messages if one.day in closed),
        crowded=tuple(sorted(many, key=lambda one: (one.week, -one.messages, one.person_id))),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
