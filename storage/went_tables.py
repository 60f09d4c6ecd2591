"""The tables of what stays once check-ins, second questions and old entries of the audit log have gone."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from storage.metadata import metadata

went = Table(
    "went",
    metadata,
    # How many of something that is counted have gone, like second questions that were read.
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("what", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)

past_checkins = Table(
    "past_checkins",
    metadata,
    # A pair that is over and whose check-ins have gone: how many questions reached one of the two, how many of those
    # were answered, and the ISO weeks in which they met.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("met", JSON, nullable=False),
)
