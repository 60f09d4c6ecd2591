"""The values that go into a matching: people, rules, weights, history, and the names of the hard rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

MINUTES_A_DAY = 24 * 60
MAX_WAITING_CYCLES = 10_000
MAX_CAPACITY = 10_000
MAX_LEVEL = 1_000
MAX_SHARE_LEVEL = 3
BEST = 10_000
"""The score of the best thinkable pair."""

PairIds: TypeAlias = tuple[str, str]
"""A mentor's id and a mentee's id, in this order."""

Side: TypeAlias = Literal["mentor", "mentee"]


class MatchingError(ValueError):
    """The people, rules or weights given make no sense; the message is a plain sentence."""


class MatchingFault(RuntimeError):
    """A computed result failed its own check, which is a defect of this library and never the caller's."""


def _between(low: int, value: int, high: int, name: str) -> None:
    if not low <= value <= high:
        raise MatchingError(f"{name} has to be from {low:,} to {high:,}, and is {value:,}.")


@dataclass(frozen=True, slots=True)
class Participant:
    """One person as the matching sees them.

    `level` counts from 1 at the bottom; None means that nobody has set it, and holds the person back.
    `hours` are the working day in minutes from local midnight; a night shift may end after 1440.
    `wants` is ranked, best first. A skill is its exact text: callers bring spellings together beforehand.
    `share_levels` says how well the person knows each skill in `shares`, from 1 (the basics) to 3, in the same
    order; empty when nobody was asked, which counts as 3 for all.
    `waiting_cycles` is for how many cycles in a row the person went without a partner.
    `available` is False for whoever is paused, on leave or deactivated. People with neither role may be given
    too; they complete the reporting lines.
    `also_level` and `also_department` are what another source says, where two disagree and nobody has decided between
    them: rules have to hold for both, and scores go by `level` and `department`.
    `opens` are experiences that a mentor is glad to talk about, and `asks` those that a mentee would like to hear
    about. They count in the score like a last wish and a related skill, make no pair legal, and no reason names them.
    """

    id: str
    mentor: bool
    mentee: bool
    level: int | None
    department: str = ""
    time_zone: str = "UTC"
    hours: tuple[int, int] = (540, 1020)
    languages: frozenset[str] = frozenset({"en"})
    shares: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    manager_id: str | None = None
    avoid: frozenset[str] = frozenset()
    mentor_capacity: int = 1
    mentee_capacity: int = 1
    waiting_cycles: int = 0
    available: bool = True
    guest: bool = False
    share_levels: tuple[int, ...] = ()
    also_level: int | None = None
    also_department: str = ""
    opens: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        start, end = self.hours
        if not 0 <= start < MINUTES_A_DAY or not start < end <= start + MINUTES_A_DAY:
            raise MatchingError(f"The working hours of {self.id} do not make a day.")
        if self.level is not None:
            _between(1, self.level, MAX_LEVEL, f"The level of {self.id}")
        if self.also_level is not None:
            _between(1, self.also_level, MAX_LEVEL, f"The other level of {self.id}")
        _between(0, self.mentor_capacity, MAX_CAPACITY, f"The number of mentees that {self.id} can take")
        _between(0, self.mentee_capacity, MAX_CAPACITY, f"The number of mentors that {self.id} can take")
        _between(0, self.waiting_cycles, MAX_WAITING_CYCLES, f"The number of cycles that {self.id} waited")
        if self.share_levels and len(self.share_levels) != len(self.shares):
            raise MatchingError(f"{self.id} has to have one level for each skill shared, or none at all.")
        for level in self.share_levels:
            _between(1, level, MAX_SHARE_LEVEL, f"The level of a skill of {self.id}")

    @property
    def lowest(self) -> int:
        """The lower one of the levels that sources give; 0 where nobody has set one."""
        return min(self.level or 0, self.also_level or self.level or 0)

    @property
    def highest(self) -> int:
        """The higher one of the levels that sources give; 0 where nobody has set one."""
        return max(self.level or 0, self.also_level or 0) if self.level else 0

    def capacity(self, side: Side) -> int:
        """Return how many partners the person can have on this side."""
        return self.mentor_capacity if side == "mentor" else self.mentee_capacity


@dataclass(frozen=True, slots=True)
class Rules:
    """The hard rules that a program can set; the others always hold.

    `min_gap` and `max_gap` count levels. A pair does not repeat within `repeat_window_cycles`; None means
    never. A pair needs a skill that the mentor offers and the mentee wants; with `related_skills`, a related one
    is enough. Either way, related skills count in the score for wishes that the mentor does not meet exactly.
    """

    min_gap: int = 1
    max_gap: int | None = None
    other_department_only: bool = False
    min_overlap_minutes: int = 120
    repeat_window_cycles: int | None = None
    guests_allowed: bool = False
    related_skills: bool = False

    def __post_init__(self) -> None:
        _between(1, self.min_gap, MAX_LEVEL, "The smallest level gap")
        if self.max_gap is not None:
            _between(self.min_gap, self.max_gap, MAX_LEVEL, "The largest level gap")
        _between(0, self.min_overlap_minutes, MINUTES_A_DAY, "The shared working time in minutes")
        if self.repeat_window_cycles is not None and self.repeat_window_cycles < 0:
            raise MatchingError("The number of cycles before a pair may repeat cannot be negative.")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each soft preference counts against the others; 0 switches one off.

    `ideal_gap` is the level gap that scores best, `gap` is how much the closeness to it counts.
    """

    skill_fit: int = 50
    gap: int = 20
    hours_overlap: int = 20
    other_department: int = 10
    ideal_gap: int = 3

    def __post_init__(self) -> None:
        for item in fields(self):
            _between(0, getattr(self, item.name), 1_000, f"The weight {item.name}")


@dataclass(frozen=True, slots=True)
class PastPair:
    """Two people who were paired before; `cycles_ago` is 1 for the last cycle."""

    mentor_id: str
    mentee_id: str
    cycles_ago: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that one matching depends on.

    `on` is the Monday on which working hours are compared. `fixed` pairs are asked for by the leads,
    `forbidden` ones ruled out. `taken` are pairs that stand already: they use up capacity, and their people
    count as served. `keep` are pairs that the leads have seen; among equally good results, the one that keeps
    most of them wins. `related` names, for a skill that a mentor shares, the other skills in which it helps.
    `levels` is how many levels there are, if that is known. With `discreet`, reasons are for readers who must not
    learn who is whose manager and who avoids whom: `rules.DISCREET` are then told as one, in words and in counts.
    """

    people: Sequence[Participant]
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    history: Sequence[PastPair] = ()
    fixed: frozenset[PairIds] = frozenset()
    forbidden: frozenset[PairIds] = frozenset()
    on: date = field(kw_only=True)
    taken: frozenset[PairIds] = frozenset()
    keep: frozenset[PairIds] = frozenset()
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    levels: int | None = None
    discreet: bool = False

    def __post_init__(self) -> None:
        ids = [person.id for person in self.people]
        if len(set(ids)) < len(ids):
            twice = min(person_id for person_id, count in Counter(ids).items() if count > 1)
            raise MatchingError(f"{twice} is given more than once.")
        if self.rules.related_skills and any(person.opens or person.asks for person in self.people):
            raise MatchingError(
                "Experiences make no pair legal, so they do not go with related skills that do."
            )


class Rule(StrEnum):
    """The hard rules; `APART` covers private lists and leads' wishes, so nobody can tell which it was."""

    SELF = "self"
    ROLE = "role"
    AWAY = "away"
    GUEST = "guest"
    LEVEL = "level"
    SKILL = "skill"
    HOURS = "hours"
    LANGUAGE = "language"
    DEPARTMENT = "department"
    CHAIN = "chain"
    APART = "apart"
    REPEAT = "repeat"
    STANDING = "standing"
    FULL = "full"
