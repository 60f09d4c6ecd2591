"""Ways out of a pair: what whoever is left may choose, where that stands, and the words of whoever ended it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Choice(StrEnum):
    """What somebody may choose whose partner is away or whose pair is closed."""

    WAIT = "wait"
    NEW = "new"
    REST = "rest"


class Stands(StrEnum):
    """Where a pair stands for somebody who was asked.

    `AWAY`: it goes on, and the other takes a break. `CLOSED`: it is over. `BACK`: it goes on with both. `FOUND`: it is
    over, and they have another one. `BREAK`: they take a break themselves, or are out. `OVER`: so is its cycle.
    """

    AWAY = "away"
    CLOSED = "closed"
    BACK = "back"
    FOUND = "found"
    BREAK = "break"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Who was asked about which pair, in which note about breaks (empty for a closed pair), and what they chose."""

    pair_id: int
    person_id: str
    note: str
    asked_at: datetime
    choice: Choice | None = None
    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """What somebody reads of a pair in which they are left alone.

    `in_time` tells whether enough of the cycle was left when they chose somebody new. `mine` tells that they closed
    the pair themselves.
    """

    pair_id: int
    partner_id: str
    stands: Stands
    choice: Choice | None = None
    in_time: bool = True
    mine: bool = False
    partner_name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether they can choose."""
        return self.stands in (Stands.AWAY, Stands.CLOSED)


@dataclass(frozen=True, slots=True)
class Parting:
    """Who ended a pair, why in their own words, and whether the program's leads may read these."""

    pair_id: int
    person_id: str
    at: datetime
    reason: str = ""
    leads_may_read: bool = False


@dataclass(frozen=True, slots=True)
class PartedWhy:
    """To each lead who is not in the pair: why one of the two ended it, while they let leads read that."""

    program: str
    pair_id: int
    mentor_id: str
    mentee_id: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PauseOver:
    """To somebody whose pause has ended by itself: they take part again, with whom pairs go on, and who takes a break
    now.

    `takes_part` is false once they pause again or leave.
    """

    program: str
    takes_part: bool
    partners: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()
