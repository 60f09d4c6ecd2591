"""The table of what mentees are asked before their pair is introduced."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from mentoring.ask_first import AfterNo, Said
from storage.instant import Instant
from storage.metadata import metadata, one_of

asks = Table(
    "asks",
    metadata,
    # A pair about which its mentee is asked, and by which pair's number: in a group, one question is about several.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("question", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    # When it is asked once more, empty once it was or where it is not to be; and when leads hear that nobody answered.
    Column("remind_at", Instant),
    Column("due_at", Instant, nullable=False),
    Column("told_at", Instant),
    # What was said, and what somebody wants who said no. Nobody but the mentee reads either.
    Column("said", String(8)),
    Column("said_at", Instant),
    Column("after", String(8)),
    # Times at which the mentee can meet, in seconds since 1970.
    Column("slots", JSON, nullable=False),
    one_of("said", Said),
    one_of("after", AfterNo),
    Index(None, "question"),
    Index(None, "program_id", "said"),
)
