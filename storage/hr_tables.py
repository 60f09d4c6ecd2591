"""The tables about what HR says; they are among those of `storage.tables`."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from mentoring.hr import Fact, Meaning, Verdict
from storage.instant import Instant
from storage.metadata import metadata, one_of

hr_records = Table(
    "hr_records",
    metadata,
    # What HR's last file says about everybody, whether they take part or not; `level` in HR's own words.
    Column("workspace", String(32), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("manager_id", String(32)),
    # Since when HR's files do not have them any more; the rest stays as it was said last.
    Column("ended_at", Instant),
    Index(None, "workspace", "ended_at"),
)

disputes = Table(
    "disputes",
    metadata,
    # A number is never given again, so that an old button decides nothing new.
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", String(32), nullable=False),
    Column("fact", String(16), nullable=False),
    # What the person says and what HR says; a level by its number on the ladder.
    Column("own", Text, nullable=False),
    Column("hr", Text, nullable=False),
    # Whose counts, once a lead decided.
    Column("verdict", String(8)),
    UniqueConstraint("program_id", "person_id", "fact"),
    one_of("fact", Fact),
    CheckConstraint("verdict IN (" + ", ".join(f"'{one.value}'" for one in Verdict) + ")", name="verdict"),
    Index(None, "program_id", "verdict"),
    sqlite_autoincrement=True,
)

slack_fields = Table(
    "slack_fields",
    metadata,
    # Which field of Slack's profiles leads chose for a fact; its label is as it was when they did.
    Column("workspace", String(32), primary_key=True),
    Column("meaning", String(16), primary_key=True),
    Column("field", String(64), nullable=False),
    Column("label", Text, nullable=False),
    one_of("meaning", Meaning),
)

slack_profiles = Table(
    "slack_profiles",
    metadata,
    # What these fields said about people when they were read last.
    Column("workspace", String(32), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("level", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("manager_id", String(32)),
    # None where it has to be read anew before the next night.
    Column("read_at", Instant),
    Index(None, "workspace", "read_at"),
)
