"""Several mentors of one mentee in one conversation: who wants it, and whose introduction brought whom together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Nobody has asked for it yet, and every pair keeps its own conversation."""
    op.add_column("members", sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pairs", sa.Column("intro_of", sa.Integer(), nullable=True))
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intro_of", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intro_of"], ["pairs.id"], name=op.f("fk_groups_intro_of"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_groups_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("intro_of", "pair_id", name=op.f("uq_groups_intro_of_pair_id")),
    )
    op.create_index(op.f("ix_groups_pair_id"), "groups", ["pair_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_groups_pair_id"), table_name="groups")
    op.drop_table("groups")
    op.drop_column("pairs", "intro_of")
    op.drop_column("members", "together")
