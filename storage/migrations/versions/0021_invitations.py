"""Invitations that leads posted, and who came by which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Whoever is in already came by none."""
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_invitations_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_program_id"), "invitations", ["program_id"])
    op.create_table(
        "came_by",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_came_by_invitation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_came_by_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", name=op.f("pk_came_by")),
    )
    op.create_index(op.f("ix_came_by_invitation_id"), "came_by", ["invitation_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_came_by_invitation_id"), table_name="came_by")
    op.drop_table("came_by")
    op.drop_index(op.f("ix_invitations_program_id"), table_name="invitations")
    op.drop_table("invitations")
