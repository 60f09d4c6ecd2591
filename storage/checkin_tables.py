"""The tables around check-ins: what pairs planned, how meetings were, and who is asked less."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from mentoring.reflections import Reflection
from storage.instant import Instant
from storage.metadata import metadata, one_of

planned = Table(
    "planned",
    metadata,
    # Every time that one of a pair said when they meet. The last of a pair counts; the others are its history.
    Column("id", Integer, primary_key=True),
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("said_by", String(32), nullable=False),
    Column("said_at", Instant, nullable=False),
)

asked_after = Table(
    "asked_after",
    metadata,
    # The check-ins in which somebody was asked after a meeting that was planned, instead of the week's usual time.
    Column(
        "checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("planned_id", ForeignKey("planned.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    # Whether the week's usual question had asked about the pair before.
    Column("also_weekly", Boolean, nullable=False),
)

first_contact = Table(
    "first_contact",
    metadata,
    # What was done, so many days after its introduction, about a pair that had not met.
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("days", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)

reflections = Table(
    "reflections",
    metadata,
    Column(
        "checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("choice", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    one_of("choice", Reflection),
)

fewer = Table(
    "fewer",
    metadata,
    # Who wants to be asked only every so many weeks, counted from a Monday; who is not in it is asked every week.
    Column("workspace", String(32), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("weeks", Integer, nullable=False),
    Column("since", Date, nullable=False),
    CheckConstraint("weeks > 1", name="weeks"),
)

away = Table(
    "away",
    metadata,
    # On which days somebody said that they are away, both included.
    Column("id", Integer, primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("person_id", String(32), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    CheckConstraint("first_day <= last_day", name="days"),
    Index(None, "workspace", "person_id"),
)
