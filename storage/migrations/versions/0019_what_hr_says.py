"""What HR says about people, which values of a profile are HR's, and where the two differ."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. Whatever a profile says so far is the person's own."""
    op.add_column("members", sa.Column("from_hr", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "hr_records",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "person_id", name=op.f("pk_hr_records")),
    )
    op.create_index(op.f("ix_hr_records_workspace_ended_at"), "hr_records", ["workspace", "ended_at"])
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.Column("hr", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.CheckConstraint("fact IN ('level', 'department')", name=op.f("ck_disputes_fact")),
        sa.CheckConstraint("verdict IN ('hr', 'own')", name=op.f("ck_disputes_verdict")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_disputes_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint(
            "program_id", "person_id", "fact", name=op.f("uq_disputes_program_id_person_id_fact")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_disputes_program_id_verdict"), "disputes", ["program_id", "verdict"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("disputes")
    op.drop_table("hr_records")
    with op.batch_alter_table("members") as batch:
        batch.drop_column("from_hr")
