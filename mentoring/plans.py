"""A program is planned as a number of meetings and a rhythm; how many weeks a cycle has follows from the two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_MEETINGS = 6
"""Six in half a year is what published programs have."""

MEETINGS = range(1, 53)
WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12


class Rhythm(StrEnum):
    """How often the two of a pair meet: every so many weeks, or once a month."""

    EVERY_WEEK = "1"
    EVERY_TWO_WEEKS = "2"
    EVERY_THREE_WEEKS = "3"
    EVERY_FOUR_WEEKS = "4"
    EVERY_FIVE_WEEKS = "5"
    EVERY_SIX_WEEKS = "6"
    EVERY_SEVEN_WEEKS = "7"
    EVERY_EIGHT_WEEKS = "8"
    MONTHLY = "monthly"

    @property
    def words(self) -> str:
        """Like `every two weeks`."""
        return _WORDS[self]

    def weeks(self, meetings: int) -> int:
        """How many weeks so many meetings take; those of months are rounded up, 26 for six."""
        if self is Rhythm.MONTHLY:
            return -(-meetings * WEEKS_A_YEAR // MONTHS_A_YEAR)
        return meetings * int(self)


_WORDS = {
    Rhythm.EVERY_WEEK: "every week",
    Rhythm.EVERY_TWO_WEEKS: "every two weeks",
    Rhythm.EVERY_THREE_WEEKS: "every three weeks",
    Rhythm.EVERY_FOUR_WEEKS: "every four weeks",
    Rhythm.EVERY_FIVE_WEEKS: "every five weeks",
    Rhythm.EVERY_SIX_WEEKS: "every six weeks",
    Rhythm.EVERY_SEVEN_WEEKS: "every seven weeks",
    Rhythm.EVERY_EIGHT_WEEKS: "every eight weeks",
    Rhythm.MONTHLY: "once a month",
}
_ONE, _SEVERAL = "{number} meeting", "{number} meetings, {rhythm}"

DEFAULT_RHYTHM = Rhythm.EVERY_TWO_WEEKS

AS_IT_IS = "as it is"
"""What is chosen in the settings of a program that was set up in weeks and is to keep its length."""


@dataclass(frozen=True, slots=True)
class Plan:
    """So many meetings of a pair in a cycle, in a rhythm."""

    meetings: int
    rhythm: Rhythm

    @property
    def weeks(self) -> int:
        """How long a cycle is by that."""
        return self.rhythm.weeks(self.meetings)

    @property
    def words(self) -> str:
        """Like `6 meetings, every two weeks`."""
        return (_ONE if self.meetings == 1 else _SEVERAL).format(
            number=self.meetings, rhythm=self.rhythm.words
        )


def plan_of(meetings: int | None, rhythm: str | None) -> Plan | None:
    """The plan that is stored as these two; None for a program, or a cycle, that was planned in weeks."""
    return Plan(meetings, Rhythm(rhythm)) if meetings and rhythm else None
