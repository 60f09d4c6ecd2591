"""What the people of a pair sign at its beginning, and what happens while somebody has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.errors import ProgramError


class NoMeeting(ProgramError):
    """Whoever asked is in no pair that meets."""

    words = (
        "You are not in a pair right now. Once you are introduced to somebody, this shows your next meeting."
    )


class NothingToSign(ProgramError):
    """Whoever wants to sign is in no pair that was asked to."""

    words = "There is nothing for you to sign right now."


REMIND_AFTER = timedelta(days=7)
"""So long after the introduction, a pair that has not signed is reminded in its conversation; the product's rule."""


@dataclass(frozen=True, slots=True)
class Pact:
    """That a pair was asked to sign, when, and when it was reminded of it."""

    pair_id: int
    asked_at: datetime
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unsigned:
    """To a pair's conversation: not everybody has signed; `signed` are those who have, and `over` when the pair is.

    `pair_id` is the pair whose introduction it is about, `people` are all who are asked.
    """

    program: str
    pair_id: int
    people: tuple[str, ...]
    signed: tuple[str, ...] = ()
    over: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has not signed yet."""
        return tuple(one for one in self.people if one not in self.signed)
