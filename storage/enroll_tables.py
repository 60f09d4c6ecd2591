"""The tables of what people say when they join: the experiences that they open or ask for, and their preparation."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from mentoring.experiences import Way
from storage.instant import Instant
from storage.metadata import metadata, one_of

experiences = Table(
    "experiences",
    metadata,
    # What somebody opens or asks for in the cycle with that number; the row is their consent, and goes when they take
    # it back.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("person_id", String(32), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("way", String(8), primary_key=True),
    Column("topic", String(80), primary_key=True),
    # In which order they were chosen.
    Column("place", Integer, nullable=False),
    Column("said_at", Instant, nullable=False),
    one_of("way", Way),
    Index(None, "program_id", "cycle"),
)

experience_uses = Table(
    "experience_uses",
    metadata,
    # What a pair read in its introduction, because one opened it and the other asked for it.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("topic", String(80), primary_key=True),
    Column("place", Integer, nullable=False),
)

preparations = Table(
    "preparations",
    metadata,
    # Who read the cards of which side to their end.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("person_id", String(32), primary_key=True),
    Column("side", String(8), primary_key=True),
    Column("done_at", Instant, nullable=False),
)
