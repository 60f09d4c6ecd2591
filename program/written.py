"""What people write to the bot comes again, late and out of order: which of it is still to be done."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final

from program.context import Context
from storage import written

KEPT: Final = timedelta(hours=25)
"""Slack tries for up to a day to hand over an event whose acknowledgment it has not seen."""


class Comes(Enum):
    """How a message comes."""

    NEW = "It is the newest of its conversation."
    AGAIN = "It was answered before."
    LATE = "A newer one of its conversation was answered before, and what this one asks for may be over."


def comes(ctx: Context, channel: str, stamp: int) -> Comes:
    """How the message that stands there comes; `stamp` is its microsecond since 1970."""
    with ctx.read() as act:
        if written.is_answered(act.tx, channel, stamp):
            return Comes.AGAIN
        newest = written.newest(act.tx, channel)
    return Comes.NEW if newest is None or newest < stamp else Comes.LATE


def answered(ctx: Context, channel: str, stamp: int) -> None:
    """Note that it was answered, for as long as it may come again."""
    with ctx.act() as act:
        written.forget(act.tx, act.now)
        written.note(act.tx, channel, stamp, act.now + KEPT)
