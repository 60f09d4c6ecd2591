"""When it was looked at whether a pair has met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Pairs of today are not nudged for what happened before it was looked at."""
    op.add_column("pairs", sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE pairs SET nudged_at = introduced_at WHERE introduced_at IS NOT NULL")


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("pairs") as batch:
        batch.drop_column("nudged_at")
