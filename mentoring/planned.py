"""Meetings that pairs have planned: when, and who said so."""

from __future__ import annotations

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
