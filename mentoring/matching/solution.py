"""The values that come out of a matching: pairs, who is left out and why, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mentoring.matching.model import Rule, Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mentoring.matching.scale import Scale


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard rule that a pair breaks, with the sentence that a lead can read aloud."""

    rule: Rule
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pair's score; `points` of all parts add up to the score."""

    name: str
    points: int
    words: str


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """A pair in the result; `score` runs from 0 to 10,000, the best thinkable pair."""

    mentor_id: str
    mentee_id: str
    score: int
    parts: tuple[Part, ...]


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
    day's start), or what a rule would become, in minutes or levels. A new partner is on the other side, teaches or
    wants `skill`, fits the person by the rules in `fits` and, if a `gap` is given, is so many levels below or above
    them. With more people `waiting` than `amount`, the act gives a partner to one of these.
    """

    act: Act
    skill: str = ""
    amount: int = 0
    before: int = 0
    fits: tuple[Rule, ...] = ()
    gap: tuple[int, int | None] | None = None
    waiting: int = 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who takes part on this side, has room and got no partner; `rule` removed the last candidates.

    `rule` is FULL when there were candidates and all of them got other partners. In a discreet problem APART stands
    for that, for the reporting line and for all that APART means otherwise. `acts` is what `help` asks for, as data.
    """

    id: str
    side: Side
    reason: str
    help: str
    rule: Rule
    acts: tuple[Help, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SkillBalance:
    """How many available people offer a skill, and how many want it."""

    skill: str
    offered: int
    wanted: int


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A fixed pair that cannot be, and the rules it breaks."""

    mentor_id: str
    mentee_id: str
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """What a set of pairs comes to by each objective in their order, the pairs that stand included in the first two.

    `served` counts people per role with at least one partner, `waiting` adds up their waiting cycles, `kept` counts
    the pairs that the leads have seen.
    """

    served: int
    waiting: int
    pairs: int
    score: int
    kept: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was reached, and whether dual prices prove that no legal set of pairs does better.

    `served`, `waiting`, `pairs`, `score` and `kept` are the result's `Tally`. `bound` is the dual value of the
    prices, objective by objective: no legal set of pairs comes to more, so it equals the result's; it is None
    where nothing is proven. `compared` counts all pairs of a mentor and a mentee with room: each of them breaks
    a rule or is worth no more than the prices of its people. `candidates` counts the legal pairs considered by
    name: all of them in one round, or, when there are very many, those that mattered. `stages` is in how many
    steps the objective was solved.
    """

    optimal: bool
    served: int
    waiting: int
    pairs: int
    score: int
    kept: int
    bound: Tally | None
    compared: int
    candidates: int
    rounds: int
    stages: int


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """The candidates that a large problem came to in the end; `mentor` and `mentee` count within the ids.

    `used` tells which of them are pairs, and `price` what a pair has to pay for each mentor, in a `scale`.
    """

    mentor_ids: Sequence[str]
    mentee_ids: Sequence[str]
    mentor: NDArray[np.int32]
    mentee: NDArray[np.int32]
    used: NDArray[np.bool_]
    price: NDArray[np.int64]
    scale: Scale


@dataclass(frozen=True, slots=True)
class Solution:
    """The best set of pairs, in the order of mentee and mentor id, with its reasons and its proof.

    `trail` is what solving a large problem again after a change can start from.
    """

    pairs: tuple[MatchedPair, ...]
    left_out: tuple[LeftOut, ...]
    supply: tuple[SkillBalance, ...]
    proof: Proof
    refused: tuple[RefusedPair, ...] = ()
    trail: Trail | None = field(default=None, repr=False, compare=False)
