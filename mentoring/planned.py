"""Meetings that pairs have planned: when, and who said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """That one of a pair said when they meet (UTC). A correction is another one; the last that was said counts."""

    id: int
    pair_id: int
    at: datetime
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """A check-in that asks after a planned meeting; `also_weekly` if the week's usual question had asked before."""

    checkin_id: int
    plan: Planned
    also_weekly: bool


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What somebody reads of a plan: when it is, who said so, and the time zone in which they read it."""

    at: datetime
    said_by: str
    zone: str


def kept(history: Sequence[Planned], now: datetime) -> list[Planned]:
    """The meetings of a pair that were to be by now: what was corrected before its time never was one."""
    ordered = sorted(history, key=lambda one: one.id)
    followed = zip(ordered, [*ordered[1:], None], strict=True)
    return [one for one, after in followed if one.at <= now and (after is None or after.said_at >= one.at)]
