"""Meetings and their rhythm, what pairs agreed on, and the words that leads gave to guides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Programs and cycles of today keep their length in weeks, and no pair of today has to agree."""
    for table in ("programs", "cycles"):
        op.add_column(table, sa.Column("meetings", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("rhythm", sa.String(length=16), nullable=True))
    op.create_table(
        "pacts",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_pacts_pair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_pacts")),
    )
    op.create_index(op.f("ix_pacts_due_at"), "pacts", ["due_at"])
    op.create_table(
        "agreements",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_agreements_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_agreements")),
    )
    op.create_table(
        "guides",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.String(length=32), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_guides_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "topic", "role", name=op.f("pk_guides")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("guides")
    op.drop_table("agreements")
    op.drop_index(op.f("ix_pacts_due_at"), table_name="pacts")
    op.drop_table("pacts")
    for table in ("cycles", "programs"):
        # Not by a copy of the table: the audit log belongs to programs, and nothing takes it away.
        op.drop_column(table, "rhythm")
        op.drop_column(table, "meetings")
