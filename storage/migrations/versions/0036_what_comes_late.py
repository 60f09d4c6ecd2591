"""How old it is what Slack says of somebody, and which messages of people were answered: late news undo nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Of people who are known already, the next that is said of them counts."""
    op.add_column("people", sa.Column("updated", sa.BigInteger(), nullable=True))
    op.add_column("people", sa.Column("reported", sa.BigInteger(), nullable=True))
    op.create_table(
        "written",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("stamp", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "stamp", name=op.f("pk_written")),
    )
    op.create_index(op.f("ix_written_expires_at"), "written", ["expires_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("written")
    op.drop_column("people", "reported")
    op.drop_column("people", "updated")
