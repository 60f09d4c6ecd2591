"""The tables of what pairs agree on, and of the guides to their meetings that leads wrote in other words."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from storage.instant import Instant
from storage.metadata import metadata

pacts = Table(
    "pacts",
    metadata,
    # A pair whose introduction asks both to agree. Pairs of older versions have none.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    # When it is looked at next whether both have signed; empty when that is over.
    Column("due_at", Instant, index=True),
    # When the two were reminded, where they were.
    Column("reminded_at", Instant),
)

agreements = Table(
    "agreements",
    metadata,
    # Who signed, and when.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person_id", String(32), primary_key=True),
    Column("signed_at", Instant, nullable=False),
)

guides = Table(
    "guides",
    metadata,
    # What leads wrote in place of the first line of a topic's guide, for one side of a pair.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("topic", String(32), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("words", Text, nullable=False),
    Column("edited_by", String(32), nullable=False),
    Column("edited_at", Instant, nullable=False),
)
