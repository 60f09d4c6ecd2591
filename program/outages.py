"""Whether what failed was the database, out of reach or busy, and not what was asked of it."""

from __future__ import annotations

from storage.opening import outages


def is_outage(error: BaseException) -> bool:
    """Whether the same may well work in a minute, with nothing changed in what was asked."""
    return outages.is_outage(error)
