"""The tables behind what leads see: who leads, what each pair has said in short, and the digest of each week."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Table

from mentoring.checkins import Answer
from storage.instant import Instant
from storage.metadata import metadata

leads = Table(
    "leads",
    metadata,
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("place", Integer, nullable=False),
)

tidings = Table(
    "tidings",
    metadata,
    # What a pair has answered so far, in short and without who it was, so that figures need not read every answer. It
    # can be made anew from the check-ins at any time.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("met_at", Instant),
    Column("heard_at", Instant),
    Column("answer", String(16)),
    Column("not_held_by", Instant),
    Column("planned_at", Instant),
    CheckConstraint("answer IN (" + ", ".join(f"'{answer.value}'" for answer in Answer) + ")", name="answer"),
)

digests = Table(
    "digests",
    metadata,
    # A week's digest, as it was when it was told; empty where there was nothing to tell.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("week", String(8), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("shown", JSON(none_as_null=True)),
)
