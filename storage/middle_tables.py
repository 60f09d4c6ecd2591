"""The tables of what happens in the middle of a cycle: calls for help, and people without a partner."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from storage.instant import Instant
from storage.metadata import metadata

calls = Table(
    "calls",
    metadata,
    # A call for help, by the check-in whose answer it is: since when nobody looks after it, who does, who was done.
    Column(
        "checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("opened_at", Instant, nullable=False),
    Column("waits_since", Instant, nullable=False),
    Column("reminded_at", Instant),
    Column("owner_id", String(32)),
    Column("taken_at", Instant),
    Column("done_by", String(32)),
    Column("done_at", Instant),
    # When whoever called answered something else instead.
    Column("calm_at", Instant),
)

left_out = Table(
    "left_out",
    metadata,
    # Whom the last matching of a cycle left out in which role, why, and what would help; `why` is what they may read.
    Column("cycle_id", ForeignKey("cycles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person_id", String(32), primary_key=True),
    Column("side", String(8), primary_key=True),
    Column("reason", JSON, nullable=False),
    Column("help", JSON, nullable=False),
    Column("why", String(16), nullable=False),
)

seekers = Table(
    "seekers",
    metadata,
    # Who has come, or has changed, since a partner was last looked for in the middle of a cycle.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("person_id", String(32), primary_key=True),
)

late_pairs = Table(
    "late_pairs",
    metadata,
    # A pair that was proposed in the middle of a cycle, and because of whom.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
)
