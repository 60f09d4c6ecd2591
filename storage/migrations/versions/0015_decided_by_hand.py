"""Pairs that leads made by hand or by a swap, what they fix or forbid, and matchings that follow a decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. New columns may be empty, so that no table has to be copied."""
    op.add_column("cycles", sa.Column("resolve_by", sa.String(length=64), nullable=True))
    op.add_column("cycles", sa.Column("resolve_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pairs", sa.Column("bent", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("pairs", sa.Column("instead_of", sa.Integer(), nullable=True))
    op.create_table(
        "wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.String(length=32), nullable=False),
        sa.Column("mentee_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_wishes_cycle_id_cycles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_wishes_program_id_programs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
        sa.UniqueConstraint(
            "program_id", "mentor_id", "mentee_id", name=op.f("uq_wishes_program_id_mentor_id_mentee_id")
        ),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("wishes")
    op.drop_column("pairs", "instead_of")
    op.drop_column("pairs", "bent")
    op.drop_column("cycles", "resolve_at")
    op.drop_column("cycles", "resolve_by")
