"""What is published about cycles, with the thresholds that held when they started."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Reports on cycles that are over are made when somebody first asks for them."""
    op.create_table(
        "reports",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("fewest_for_words", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_reports_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_reports")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("reports")
