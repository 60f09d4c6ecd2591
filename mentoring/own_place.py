"""Where a program stands for one of its members: their pairs, what comes next, and what waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mentoring.away import Away
from mentoring.checkins import Answer
from mentoring.progress import Progress


@dataclass(frozen=True, slots=True)
class MyPair:
    """One pair of somebody, as they see it: `progress` counts its meetings, `next_at` is when the two are to meet.

    `last` is what they themselves answered last, in the week that `last_at` was in. `mates` are the other mentors in
    the same conversation.
    """

    pair_id: int
    partner_id: str
    teaches: bool
    topics: tuple[str, ...] = ()
    progress: Progress | None = None
    next_at: datetime | None = None
    last: Answer | None = None
    last_at: datetime | None = None
    rests_until: date | None = None
    ends_at: datetime | None = None
    mates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """What a member finds on Home beside their profile.

    `said` is what they opened and asked for, by the number of the cycle. `cycle_number` is the next one, of which they
    said whether they are in (`is_in`). `must_prepare` tells that nobody is paired here before that.
    They are asked every so many `weeks`, and said that they are `away`.
    """

    pairs: tuple[MyPair, ...] = ()
    cycle_number: int = 0
    is_in: bool | None = None
    prepared: bool = True
    must_prepare: bool = False
    said: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    weeks: int = 1
    away: Away | None = None


NOWHERE = OwnPlace()
"""For somebody about whom nothing is known."""
