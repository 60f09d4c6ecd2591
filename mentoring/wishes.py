"""What leads ask of the matching before it runs: two people to be paired, or never to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Wanted(StrEnum):
    """What is asked for two people."""

    FIX = "fix"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a lead asked for two people; for one cycle, or where `cycle_id` is None until it is taken back."""

    id: int
    program_id: int
    cycle_id: int | None
    mentor_id: str
    mentee_id: str
    kind: Wanted
    made_by: str
    made_at: datetime

    @property
    def people(self) -> tuple[str, str]:
        """The two, in the order in which they were named."""
        return self.mentor_id, self.mentee_id
