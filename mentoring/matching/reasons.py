"""Why two people are a pair, why they cannot be, and why somebody has no partner: as data, before anybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mentoring.matching.model import Rule, Side

OTHER: dict[Side, Side] = {"mentee": "mentor", "mentor": "mentee"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A skill that a mentee wants, and its rank from 1."""

    skill: str
    rank: int


@dataclass(frozen=True, slots=True)
class Taught:
    """A skill that a mentor shares, perhaps only its basics, and the wishes that it meets or is related to."""

    skill: str
    wishes: tuple[Wish, ...]
    basics: bool = False


@dataclass(frozen=True, slots=True)
class Teaches:
    """What the mentor can teach: the skills that are named, and how many more there are."""

    skills: tuple[Taught, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class LevelsApart:
    """How many levels the mentee is above the mentor."""

    levels: int


@dataclass(frozen=True, slots=True)
class SharedTime:
    """How many minutes a day both work."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Departments:
    """Whether both work in the same department."""

    same: bool


@dataclass(frozen=True, slots=True)
class Waited:
    """For how many cycles in a row each of the two went without a partner."""

    mentor: int
    mentee: int


Reason: TypeAlias = Teaches | LevelsApart | SharedTime | Departments | Waited
"""Why two people are a pair: one thing that counts for them, or against them."""


class Case(StrEnum):
    """What it is about a hard rule that a pair breaks; the first three say about whom."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"
    UNKNOWN = "unknown"
    TOO_NEAR = "too_near"
    TOO_FAR = "too_far"
    TOO_LITTLE = "too_little"
    SAME = "same"
    NOT_FREE = "not_free"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard rule that a pair breaks; `have` is what there is and `asked` what the rule asks for, in its unit."""

    rule: Rule
    case: Case = Case.BREAKS
    have: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """Why somebody has no partner on this side; `rule` removed the last candidates.

    `counts` are how many people each rule left over, of those rules that took somebody away. There are none where
    nobody was looked for: a guest may not take part, somebody has no level, or names no skill. With `related`, related
    skills were enough. With `discreet`, what `Rule.APART` stands for is not told.
    """

    side: Side
    rule: Rule
    counts: tuple[tuple[Rule, int], ...] = ()
    related: bool = False
    discreet: bool = False


class Act(StrEnum):
    """What somebody can do about it.

    `NEW_PARTNER`, `NAME_SKILL`, `TAKE_ROLE` and `WIDEN_HOURS` give the person a partner, or one of those who wait for
    the same. The others up to `SAME_DEPARTMENT` may serve somebody else first, and are only named beside one of these.
    From `SET_LEVEL` on, it is a first step, without which nobody can be looked for.
    """

    NEW_PARTNER = "new_partner"
    NAME_SKILL = "name_skill"
    TAKE_ROLE = "take_role"
    WIDEN_HOURS = "widen_hours"
    MORE_ROOM = "more_room"
    LESS_OVERLAP = "less_overlap"
    SMALLER_GAP = "smaller_gap"
    LARGER_GAP = "larger_gap"
    SAME_DEPARTMENT = "same_department"
    SET_LEVEL = "set_level"
    ALLOW_GUESTS = "allow_guests"
    SET_SKILL = "set_skill"
    SET_TIME_ZONE = "set_time_zone"
    LONGER_DAY = "longer_day"
    SET_LANGUAGE = "set_language"
    SET_DEPARTMENT = "set_department"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Help:
    """One act, and what it takes.

    `amount` is how many new partners there have to be, how many minutes the hours grow (`before` of them ahead of the
    day's start), or what a rule would become, in minutes or levels; `now` is what the rule is, in minutes. A new
    partner is on the other side, teaches or wants `skill`, fits the person by the rules in `fits` and, if a `gap` is
    given, is so many levels below or above them. With more people `waiting` than `amount`, the act gives a partner to
    one of these.
    """

    act: Act
    skill: str = ""
    amount: int = 0
    before: int = 0
    fits: tuple[Rule, ...] = ()
    gap: tuple[int, int | None] | None = None
    waiting: int = 1
    now: int = 0


@dataclass(frozen=True, slots=True)
class Helps:
    """What would help somebody on this side; in a `discreet` problem, nobody's hours are told."""

    side: Side
    acts: tuple[Help, ...]
    discreet: bool = False
