"""With a pair that was made by hand, the decline that was set aside for it, so that undoing it leaves nothing lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Of declines that were set aside before it, nothing is known."""
    op.add_column("pairs", sa.Column("declined", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("pairs", "declined")
