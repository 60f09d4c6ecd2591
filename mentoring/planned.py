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
