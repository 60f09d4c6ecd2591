"""Inviting people to a program: what a lead wrote, where it stands, and who came by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_WORDS = 500
"""Characters of what a lead adds in their own words."""

AGAIN_AFTER = timedelta(days=28)
"""A channel is invited again after so long at the earliest; until then there is one reminder."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What was posted to a channel: by whom, when, with which words, and whether people were reminded.

    `joined` counts who joined the program by its buttons, also those who have left since.
    """

    id: int
    program_id: int
    channel: str
    words: str
    asked_by: str
    asked_at: datetime
    reminded_at: datetime | None = None
    joined: int = 0

    @property
    def reminder_left(self) -> bool:
        """Whether people can still be reminded; once is all."""
        return self.reminded_at is None


@dataclass(frozen=True, slots=True)
class Invite:
    """To everybody in a channel: what the program is, and a button to join.

    `person_id` wrote the words. `next_intro` is None once those introductions have been made. `invitation_id` is 0 in
    a preview.
    """

    program: str
    invitation_id: int
    words: str
    person_id: str
    next_intro: datetime | None
    leads: tuple[str, ...]
    reminder: bool = False
