"""Moments that a wrong clock left on record: the last thing that was done, and what was put off for too long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from program.context import Context
from program.outgoing import LEASE
from storage import ahead, audit

LONGEST_WAIT: Final = timedelta(hours=25)
"""No message waits longer to be tried again: Slack may ask for a day at most (`bot.slack.errors`)."""

LONGEST_HOLD: Final = timedelta(days=8)
"""No message waits longer for its readers' working time: there is some in every week."""

SLACK: Final = timedelta(minutes=5)
"""The clocks of several processes may be so far apart."""


def latest(ctx: Context) -> datetime | None:
    """When the last thing on record was done, or None when nothing is."""
    with ctx.read() as act:
        return audit.latest(act.tx)


def bring_near(ctx: Context) -> int:
    """Let go what was put off further than anything ever is; gives how much there was.

    A message that was held for working time is held again when it is looked at, until the right moment.
    """
    with ctx.read() as act:
        limits = ahead.Limits(act.now, act.now + SLACK, LONGEST_WAIT, LONGEST_HOLD, LEASE)
        if not ahead.is_anything(act.tx, limits):
            return 0
    with ctx.act() as act:
        return ahead.bring_near(act.tx, limits)
