"""What stays of check-ins, second questions and entries of the audit log once the operator's time for them is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Nothing of all that has gone before it."""
    op.create_table(
        "went",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_went_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "what", name=op.f("pk_went")),
    )
    op.create_table(
        "past_checkins",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_past_checkins_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_past_checkins")),
    )


def downgrade() -> None:
    """Take it back; the figures of what has gone are gone with it."""
    op.drop_table("past_checkins")
    op.drop_table("went")
