"""Since when a pair waits, who holds it, by which rule it was approved, who ended it, and until when it rests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("proposed_at", sa.DateTime(timezone=True)),
    ("held_by", sa.String(length=32)),
    ("by_rule", sa.String(length=16)),
    ("ended_by", sa.String(length=32)),
    ("rests_until", sa.Date()),
)


def upgrade() -> None:
    """Take this step. New columns may be empty, so that no table has to be copied."""
    for name, kind in _COLUMNS:
        op.add_column("pairs", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take it back."""
    for name, _ in reversed(_COLUMNS):
        op.drop_column("pairs", name)
