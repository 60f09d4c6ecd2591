"""The setting for how long finished messages stay on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

NAME: Final = "REVERSE_MENTOR_RETENTION_DAYS"
LEAST_DAYS: Final = 90
"""A cycle is over by then in most programs, and nobody answers a question that is older."""


def read(text: Callable[[str], str], refuse: Callable[[str, str], str]) -> timedelta | None:
    """Days; not set, or 0, is for ever, which is None."""
    value = text(NAME) or "0"
    if re.fullmatch(r"[0-9]{1,5}", value) and (int(value) == 0 or int(value) >= LEAST_DAYS):
        return timedelta(days=int(value)) if int(value) else None
    refuse(
        NAME,
        f"{NAME} is {value!r}. Use a whole number of days from {LEAST_DAYS} on, or 0 to keep everything.",
    )
    return None
