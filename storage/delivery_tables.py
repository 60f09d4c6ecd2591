"""The tables around the outbox and the record: who delivers, what stands where, what is in doubt, and who did what."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.instant import Instant
from storage.metadata import metadata

turns = Table(
    "turns",
    metadata,
    # Who of several processes does what only one of them is to do, and until when, by the database's clock.
    Column("name", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)

shows = Table(
    "shows",
    metadata,
    Column("row_id", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    # What a message on screen was made from, like `pair/12` or `person/U1`: see `storage.outbox.facts`.
    Column("fact", String(64), primary_key=True, index=True),
)

copies = Table(
    "copies",
    metadata,
    # Where a copy of a message stands that is one too many, until it is taken away.
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("not_before", Instant, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
)

doubts = Table(
    "doubts",
    metadata,
    Column("id", Integer, primary_key=True),
    # The question, and a message that it asks about. The first message is in the question's subject too.
    Column("question_id", ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False),
    Column("row_id", ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("question_id", "row_id"),
)

cases = Table(
    "cases",
    metadata,
    # An introduction of unknown fate: since when, who looks after it, and when the two were asked.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("row_id", ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("owner_id", String(32)),
    Column("asked_at", Instant),
)

invitations = Table(
    "invitations",
    metadata,
    # What leads posted to a channel to invite people, and whether they reminded them.
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_by", String(32), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("reminded_at", Instant),
)

came_by = Table(
    "came_by",
    metadata,
    # By which invitation somebody joined, the last time that they did by one.
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("invitation_id", ForeignKey("invitations.id", ondelete="CASCADE"), nullable=False, index=True),
)

written = Table(
    "written",
    metadata,
    # Which messages of people in their direct messages were answered: where and when they stand, and until when that
    # is kept. Nothing of what they say.
    Column("channel", String(32), primary_key=True),
    Column("stamp", BigInteger, primary_key=True, autoincrement=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

admitted = Table(
    "admitted",
    metadata,
    # The signature of a request that was let in over HTTP, as hexadecimal digits: it is let in once.
    Column("signature", String(64), primary_key=True),
    Column("expires_at", Instant, nullable=False, index=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("details", JSON, nullable=False),
    # What was so before and is so after, where a decision changes something.
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)

erasures = Table(
    "erasures",
    metadata,
    # While a row is in here, entries of the audit log can be changed: within one transaction that takes it out again.
    Column("id", Integer, primary_key=True, autoincrement=False),
)
