"""Small questions about a program's calendar that several use cases ask."""

from __future__ import annotations

from datetime import datetime

from mentoring.cadence import is_zone
from mentoring.cycles import cycle_times, due_number
from mentoring.people import Person
from mentoring.programs import Calendar, Program


def zone_of(person: Person, program: Program) -> str:
    """The person's own time zone, or the program's where the directory gives none that is known here."""
    return zone_here(person.time_zone, program)


def zone_here(zone: str | None, program: Program) -> str:
    """A time zone that the directory gives, or the program's own where it is not known here."""
    return zone if zone and is_zone(zone) else program.calendar.time_zone


def next_intro(calendar: Calendar, after: datetime, beyond: int = 0) -> datetime:
    """When the first introductions after that moment are planned, of a cycle beyond that number.

    A cycle that was introduced by an older calendar may have a later time in the present one, which is not to come.
    """
    number = max(calendar.first_number, due_number(calendar, after), beyond + 1)
    while (times := cycle_times(calendar, number)).intro_at <= after:
        number += 1
    return times.intro_at
