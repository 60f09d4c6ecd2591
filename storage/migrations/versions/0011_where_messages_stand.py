"""What ended the doubt about a message, and the copies that are to be taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. The new column may be empty, so that no table has to be copied."""
    op.add_column("outbox", sa.Column("settled", sa.String(length=16), nullable=True))
    op.create_table(
        "copies",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_copies_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel", "ts", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_not_before"), "copies", ["not_before"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("copies")
    op.drop_column("outbox", "settled")
