"""Whether people belong to the workspace, and which signed requests were let in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step; nobody has been asked yet where they belong."""
    op.add_column("people", sa.Column("stranger", sa.Boolean()))
    op.create_table(
        "admitted",
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_admitted")),
    )
    op.create_index(op.f("ix_admitted_expires_at"), "admitted", ["expires_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_admitted_expires_at"), table_name="admitted")
    op.drop_table("admitted")
    op.drop_column("people", "stranger")
