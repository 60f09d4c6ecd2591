"""Which messages of unknown fate one question asks about, and introductions that nobody has settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step. A question of an older version asks about the message in its subject, and goes on doing so."""
    op.create_table(
        "doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["outbox.id"], name=op.f("fk_doubts_question_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"], name=op.f("fk_doubts_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sa.UniqueConstraint("question_id", "row_id", name=op.f("uq_doubts_question_id_row_id")),
    )
    op.create_index(op.f("ix_doubts_row_id"), "doubts", ["row_id"])
    op.create_table(
        "cases",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name=op.f("fk_cases_pair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"], name=op.f("fk_cases_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_cases")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("cases")
    op.drop_index(op.f("ix_doubts_row_id"), table_name="doubts")
    op.drop_table("doubts")
