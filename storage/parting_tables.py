"""The tables of ways out of a pair: who is left alone and what they chose, and what somebody said on ending one."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text

from mentoring.partings import Choice
from storage.instant import Instant
from storage.metadata import metadata, one_of

left_alone = Table(
    "left_alone",
    metadata,
    # Who was asked what they would like, because the other of their pair takes a break or the pair is closed; in which
    # note about breaks that stands (empty for a closed pair), and what they chose. It goes when the other is back.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person_id", String(32), primary_key=True),
    Column("note", String(64), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("choice", String(8)),
    Column("chosen_at", Instant),
    one_of("choice", Choice),
)

partings = Table(
    "partings",
    metadata,
    # Who of the two ended a pair and when, why in their own words, and whether they let leads read these.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("leads_may_read", Boolean, nullable=False),
)

changed_pairs = Table(
    "changed_pairs",
    metadata,
    # Pairs that go on and about whose people something changed since the rules were last looked at.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
)
