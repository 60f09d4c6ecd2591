"""The values that come out of a matching: pairs, who is left out and why, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentoring.matching import said
from mentoring.matching.model import Rule, Side
from mentoring.matching.reasons import Broken, Help, Helps, Reason, Stop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mentoring.matching.scale import Scale


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pair's score; `points` of all parts add up to the score."""

    name: str
    points: int
    reason: Reason

    @property
    def words(self) -> str:
        """The reason as whoever decides about the pair reads it."""
        return said.reason(self.reason)


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """A pair in the result; `score` runs from 0 to 10,000, the best thinkable pair."""

    mentor_id: str
    mentee_id: str
    score: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who takes part on this side, has room and got no partner: what stopped them, and what would help."""

    id: str
    stop: Stop
    helps: Helps

    @property
    def side(self) -> Side:
        """The side on which they have no partner."""
        return self.stop.side

    @property
    def rule(self) -> Rule:
        """The rule that removed the last candidates.

        FULL when there were candidates and all of them got other partners. In a discreet problem APART stands for that,
        for the reporting line and for all that APART means otherwise.
        """
        return self.stop.rule

    @property
    def acts(self) -> tuple[Help, ...]:
        """What would help, as data."""
        return self.helps.acts

    @property
    def reason(self) -> str:
        """What stopped them, in words."""
        return said.stop(self.stop)

    @property
    def help(self) -> str:
        """What would help, as a sentence."""
        return said.helps(self.helps)


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

    `used` tells which of them are pairs, `mentor_price` and `mentee_price` what a pair has to pay for each person, in
    a `scale`.
    """

    mentor_ids: Sequence[str]
    mentee_ids: Sequence[str]
    mentor: NDArray[np.int32]
    mentee: NDArray[np.int32]
    used: NDArray[np.bool_]
    mentor_price: NDArray[np.int64]
    mentee_price: NDArray[np.int64]
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
