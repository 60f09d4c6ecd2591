"""Who stands for a program, and who said that they are in for a cycle to come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. New columns may be empty, so that no table has to be copied."""
    op.add_column("programs", sa.Column("sponsor", sa.String(length=32), nullable=True))
    op.add_column("programs", sa.Column("junior_champion", sa.String(length=32), nullable=True))
    op.add_column("programs", sa.Column("asked_for_cycle", sa.Integer(), nullable=True))
    op.add_column("members", sa.Column("said_of_cycle", sa.Integer(), nullable=True))
    op.add_column("members", sa.Column("said_in", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("members", "said_in")
    op.drop_column("members", "said_of_cycle")
    op.drop_column("programs", "asked_for_cycle")
    op.drop_column("programs", "junior_champion")
    op.drop_column("programs", "sponsor")
