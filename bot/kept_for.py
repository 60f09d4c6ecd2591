"""The settings for how long finished messages, check-ins and entries of the audit log stay on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

NAME: Final = "REVERSE_MENTOR_RETENTION_DAYS"
LEAST_DAYS: Final = 90
"""A cycle is over by then in most programs, and nobody answers a question that is older."""

AUDIT: Final = "REVERSE_MENTOR_AUDIT_RETENTION_DAYS"
LEAST_AUDIT_DAYS: Final = 365
"""Whoever was declined in a cycle may ask in the next one who decided that."""


def read(text: Callable[[str], str], refuse: Callable[[str, str], str]) -> timedelta | None:
    """Days of messages and check-ins; not set, or 0, is for ever, which is None."""
    return _days(NAME, LEAST_DAYS, text, refuse)


def read_audit(text: Callable[[str], str], refuse: Callable[[str, str], str]) -> timedelta | None:
    """Days of the audit log, in the same way."""
    return _days(AUDIT, LEAST_AUDIT_DAYS, text, refuse)


def _days(
    name: str, least: int, text: Callable[[str], str], refuse: Callable[[str, str], str]
) -> timedelta | None:
    value = text(name) or "0"
    if re.fullmatch(r"[0-9]{1,5}", value) and (int(value) == 0 or int(value) >= least):
        return timedelta(days=int(value)) if int(value) else None
    refuse(
        name,
        f"{name} is {value!r}. Use a whole number of days from {least} on, or 0 to keep everything.",
    )
    return None
