"""What mentees are asked before their pair is introduced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Nobody was asked so far."""
    op.create_table(
        "asks",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=8), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("after", sa.String(length=8), nullable=True),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.CheckConstraint("said IN ('yes', 'no', 'ahead')", name=op.f("ck_asks_said")),
        sa.CheckConstraint("after IN ('again', 'skip')", name=op.f("ck_asks_after")),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_asks_pair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_asks_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_asks")),
    )
    op.create_index(op.f("ix_asks_program_id"), "asks", ["program_id"])
    op.create_index(op.f("ix_asks_question"), "asks", ["question"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_asks_question"), table_name="asks")
    op.drop_index(op.f("ix_asks_program_id"), table_name="asks")
    op.drop_table("asks")
