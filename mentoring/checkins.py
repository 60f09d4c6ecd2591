"""The weekly check-in: its answers, its one re-ask, and what silence means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REASK_AFTER = timedelta(hours=48)
REASK_UNTIL = timedelta(hours=48)
FIRST_AFTER = timedelta(days=1)
SILENT_WEEKS = 3
"""So many weeks without any answer pause a member; the number is the product's rule."""


STUCK_AFTER = 3
"""So many "Not yet" in a row about a pair reach the leads; the number is the product's rule."""


FIRST_NUDGE = 3
"""So many days after the introduction, the senior of a pair that has not met is nudged first; the product's rule."""


class Answer(StrEnum):
    """What a person can tap."""

    MET = "met"
    PLANNED = "planned"
    NOT_YET = "not-yet"
    HELP = "help"

    @property
    def words(self) -> str:
        """The button's text."""
        return _WORDS[self]


_WORDS = {
    Answer.MET: "We met",
    Answer.PLANNED: "Planned",
    Answer.NOT_YET: "Not yet",
    Answer.HELP: "I need help",
}


class CheckInState(StrEnum):
    """Where a check-in stands. Skipped: it was too late to ask. Silent: the week passed without an answer."""

    ASKED = "asked"
    REASKED = "reasked"
    ANSWERED = "answered"
    SILENT = "silent"
    SKIPPED = "skipped"


# Whatever became of a week's question, it may be asked anew in that week after a meeting that was planned.
CHECKIN_MOVES: dict[CheckInState, frozenset[CheckInState]] = {
    CheckInState.ASKED: frozenset({CheckInState.REASKED, CheckInState.ANSWERED, CheckInState.SILENT}),
    CheckInState.REASKED: frozenset({CheckInState.ASKED, CheckInState.ANSWERED, CheckInState.SILENT}),
    CheckInState.ANSWERED: frozenset({CheckInState.ASKED, CheckInState.ANSWERED}),
    CheckInState.SILENT: frozenset({CheckInState.ASKED, CheckInState.ANSWERED}),
    CheckInState.SKIPPED: frozenset({CheckInState.ASKED}),
}

OPEN = (CheckInState.ASKED, CheckInState.REASKED)
ANSWERABLE = (CheckInState.ASKED, CheckInState.REASKED, CheckInState.ANSWERED, CheckInState.SILENT)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One person's check-in about one pair in one ISO week of their own calendar."""

    id: int
    pair_id: int
    person_id: str
    week: str
    state: CheckInState
    asked_at: datetime | None = None
    reask_at: datetime | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None


def is_silent(history: Sequence[CheckIn]) -> bool:
    """Whether the last three asked weeks of one person, over all their pairs, brought no answer at all."""
    answered: dict[str, bool] = {}
    for checkin in history:
        if checkin.state is not CheckInState.SKIPPED:
            answered[checkin.week] = answered.get(checkin.week, False) or checkin.answer is not None
    last = sorted(answered)[-SILENT_WEEKS:]
    return len(last) == SILENT_WEEKS and not any(answered[week] for week in last)


def in_a_row(history: Sequence[CheckIn], answer: Answer) -> int:
    """How many of the latest answered check-ins in a row, newest first, gave that answer."""
    count = 0
    for checkin in sorted(history, key=lambda one: one.week, reverse=True):
        if checkin.answer is None:
            continue
        if checkin.answer is not answer:
            break
        count += 1
    return count
