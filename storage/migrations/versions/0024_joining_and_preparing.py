"""Experiences that people open or ask for, which of them a pair read, and who has prepared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. It only adds tables: nobody has opened anything, and nobody has prepared."""
    op.create_table(
        "experiences",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("cycle", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('opens', 'asks')", name=op.f("ck_experiences_way")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_experiences_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "program_id", "person_id", "cycle", "way", "topic", name=op.f("pk_experiences")
        ),
    )
    op.create_index(op.f("ix_experiences_program_id_cycle"), "experiences", ["program_id", "cycle"])
    op.create_table(
        "experience_uses",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_experience_uses_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "topic", name=op.f("pk_experience_uses")),
    )
    op.create_table(
        "preparations",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_preparations_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", "side", name=op.f("pk_preparations")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("preparations")
    op.drop_table("experience_uses")
    op.drop_index(op.f("ix_experiences_program_id_cycle"), "experiences")
    op.drop_table("experiences")
