"""The table of what is published about cycles; it is among those of `storage.tables`."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table

from storage.instant import Instant
from storage.metadata import metadata

reports = Table(
    "reports",
    metadata,
    # Made when a cycle starts, with the thresholds as they are then; filled once, when it ends.
    Column("cycle_id", ForeignKey("cycles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("fewest", Integer, nullable=False),
    Column("fewest_for_words", Integer, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("made_at", Instant),
    # Figures after suppression. What is hidden stands nowhere.
    Column("topics", JSON(none_as_null=True)),
)
