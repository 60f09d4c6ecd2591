"""Which fields of Slack's profiles mean what, and what they said about people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "slack_fields",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("meaning", sa.String(16), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "meaning IN ('level', 'department', 'manager_id')", name=op.f("ck_slack_fields_meaning")
        ),
        sa.PrimaryKeyConstraint("workspace", "meaning", name=op.f("pk_slack_fields")),
    )
    op.create_table(
        "slack_profiles",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.String(32), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "person_id", name=op.f("pk_slack_profiles")),
    )
    op.create_index(op.f("ix_slack_profiles_workspace_read_at"), "slack_profiles", ["workspace", "read_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("slack_profiles")
    op.drop_table("slack_fields")
