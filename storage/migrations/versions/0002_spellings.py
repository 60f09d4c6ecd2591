"""Which words of people became another word of the program, so that a lead can keep two apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "spellings",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("written", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_spellings_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", "written", name=op.f("pk_spellings")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("spellings")
