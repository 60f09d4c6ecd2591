"""Which matchings leads asked for that are not done yet, so that none is lost when the bot stops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. New columns may be empty, so that no table has to be copied."""
    op.add_column("cycles", sa.Column("match_asked_by", sa.String(length=64), nullable=True))
    op.add_column("cycles", sa.Column("match_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("cycles", "match_asked_at")
    op.drop_column("cycles", "match_asked_by")
