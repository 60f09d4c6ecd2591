"""Moments that somebody picked, as Slack writes them: whole seconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.ids import LARGEST_ID
from handlers.payloads import Answers


def answered(answers: Answers, field: str) -> datetime | None:
    """The moment in a form's field; None where nothing was picked."""
    block = answers.values.get(field)
    state = block.get(field) if isinstance(block, Mapping) else None
    seconds = state.get("selected_date_time") if isinstance(state, Mapping) else None
    return at(str(seconds)) if isinstance(seconds, int) else None


def at(seconds: str) -> datetime | None:
    """The moment of that many seconds; None for a number that is none, or beyond 2038."""
    number = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) <= 10 else -1
    return datetime.fromtimestamp(number, UTC) if 0 <= number <= LARGEST_ID else None
