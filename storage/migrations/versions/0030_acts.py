"""With each message, the act that it came from: an id that stands in the log as well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. What waits already came from no act that the log knows."""
    op.add_column("outbox", sa.Column("act", sa.String(length=8), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("outbox", "act")
