"""When pairs plan to meet, how meetings were, and who is asked less."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. It only adds tables."""
    op.create_table(
        "planned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_planned_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned")),
    )
    op.create_index(op.f("ix_planned_pair_id"), "planned", ["pair_id"])
    op.create_table(
        "asked_after",
        sa.Column("checkin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("planned_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("also_weekly", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkin_id"], ["checkins.id"], name=op.f("fk_asked_after_checkin_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"], ["planned.id"], name=op.f("fk_asked_after_planned_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("checkin_id", name=op.f("pk_asked_after")),
    )
    op.create_index(op.f("ix_asked_after_planned_id"), "asked_after", ["planned_id"])
    op.create_table(
        "first_contact",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_first_contact_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "days", name=op.f("pk_first_contact")),
    )
    op.create_table(
        "reflections",
        sa.Column("checkin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "choice IN ('learned', 'went-well', 'slow', 'not-for-me')", name=op.f("ck_reflections_choice")
        ),
        sa.ForeignKeyConstraint(
            ["checkin_id"], ["checkins.id"], name=op.f("fk_reflections_checkin_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("checkin_id", name=op.f("pk_reflections")),
    )
    op.create_table(
        "fewer",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint("weeks > 1", name=op.f("ck_fewer_weeks")),
        sa.PrimaryKeyConstraint("workspace", "person_id", name=op.f("pk_fewer")),
    )
    op.create_table(
        "away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_away_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    op.create_index(op.f("ix_away_workspace_person_id"), "away", ["workspace", "person_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_away_workspace_person_id"), table_name="away")
    op.drop_table("away")
    op.drop_table("fewer")
    op.drop_table("reflections")
    op.drop_table("first_contact")
    op.drop_index(op.f("ix_asked_after_planned_id"), table_name="asked_after")
    op.drop_table("asked_after")
    op.drop_index(op.f("ix_planned_pair_id"), table_name="planned")
    op.drop_table("planned")
