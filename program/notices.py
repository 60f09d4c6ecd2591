"""Bringing messages that are on screen up to date after something changed."""

from __future__ import annotations

from datetime import timedelta

from mentoring.checkins import CheckIn
from mentoring.cycles import Cycle
from mentoring.messages import Kind
from mentoring.pairings import Pair
from mentoring.people import Member
from program.context import Context
from storage import cycles, outbox
from storage.database import Tx

TOGETHER = timedelta(seconds=5)
"""A cycle's summary follows this much later, so that a lead's quick decisions cost one update and cards come first."""


def summary_subject(cycle: Cycle) -> str:
    """The id of a cycle's newest summary: each run of the matching posts its own."""
    return f"{cycle.id}.{cycle.runs}"


def absence(member: Member) -> str:
    """The subject of what is asked once after an absence: the person and when it began."""
    began = int(member.away_since.timestamp()) if member.away_since else 0
    return f"{member.person.id}.{began}"


def refresh_pair(ctx: Context, tx: Tx, pair: Pair) -> None:
    """Show a pair's new state on its card and in the cycle's summary."""
    outbox.refresh(tx, pair.program_id, Kind.CARD, pair.id, ctx.now())
    cycle = cycles.get(tx, pair.cycle_id)
    outbox.refresh(tx, pair.program_id, Kind.SUMMARY, summary_subject(cycle), ctx.now(), TOGETHER)


def refresh_checkin(ctx: Context, tx: Tx, program_id: int, checkin: CheckIn) -> None:
    """Show a check-in's new state on the question and on its re-ask."""
    for kind in (Kind.CHECKIN, Kind.REASK):
        outbox.refresh(tx, program_id, kind, checkin.id, ctx.now())
