"""Approving pairs by rule: which pair is approved by itself, when, and how that is kept and told.

Leads read how well a pair fits as a number from 0 to 100: its score in hundredths of the best there can be. The score
is a sum (`mentoring.matching.pairs.score`): how much of what the mentee wants the mentor can teach, weighted by rank;
how near the step between their levels is to the ideal one; how much working time they share; and whether their
departments differ. So 100 is a pair that is best in all of them, by the weights that the program gives to each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.matching import BEST
from mentoring.working_time import after_working_days

FITS = range(1, 101)
"""What leads may choose as the least fit of a pair that is approved by itself."""


class Way(StrEnum):
    """How a rule comes to approve a pair: because it fits, or because nobody has decided."""

    FITS = "fit"
    SILENCE = "days"


@dataclass(frozen=True, slots=True)
class Policy:
    """Above which fit, and after how many working days of silence, a pair is approved by itself; None for never."""

    above: int | None = None
    after_days: int | None = None

    def __bool__(self) -> bool:
        """Whether any pair is."""
        return self.above is not None or self.after_days is not None


BY_HAND = Policy()
"""Leads decide on every pair."""


@dataclass(frozen=True, slots=True)
class ByItself:
    """A rule that approves a pair, with its number: the least fit, or the days; `at` is when, if nobody decides."""

    way: Way
    number: int
    at: datetime


def fit(score: int) -> int:
    """How well a pair fits, from 0 to 100, rounded down."""
    return min(100, max(0, score * 100 // BEST))


def kept(rule: ByItself) -> str:
    """The text that a pair keeps of the rule that approved it."""
    return f"{rule.way} {rule.number}"


def rule_of(text: str) -> tuple[Way, int]:
    """The rule and its number in such a text."""
    way, _, number = text.partition(" ")
    return Way(way), int(number)


def approves(
    policy: Policy,
    score: int,
    warned: bool,
    proposed_at: datetime,
    intro_at: datetime,
    days: tuple[int, ...],
    zone: str,
) -> ByItself | None:
    """Which rule approves a pair, and when; None where leads have to decide.

    A pair that fits is approved as soon as it is proposed, and leads can undo it until the introductions. Where those
    have begun, an approval cannot be undone any more, so that leads get one working day to look at it.
    """
    found: list[ByItself] = []
    if policy.above is not None and fit(score) >= policy.above and not warned:
        late = proposed_at >= intro_at
        at = after_working_days(proposed_at, 1, days, zone) if late else proposed_at
        found.append(ByItself(Way.FITS, policy.above, at))
    if policy.after_days is not None:
        at = after_working_days(proposed_at, policy.after_days, days, zone)
        found.append(ByItself(Way.SILENCE, policy.after_days, at))
    return min(found, key=lambda one: one.at, default=None)
