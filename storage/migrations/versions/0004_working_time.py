"""The days on which a program and its people work, and which messages wait for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT_ONCE = ("welcome", "help")


def upgrade() -> None:
    """Take this step. A program that does something on another day than Monday to Friday works on that day too."""
    with op.batch_alter_table("programs") as batch:
        batch.add_column(
            sa.Column("working_days", sa.JSON(), nullable=False, server_default="[0, 1, 2, 3, 4]")
        )
    with op.batch_alter_table("programs") as batch:
        batch.alter_column("working_days", server_default=None)
    with op.batch_alter_table("members") as batch:
        batch.add_column(sa.Column("working_days", sa.JSON(), nullable=True))
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("patient", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("patient", server_default=None)
    _keep_weekends()
    outbox = sa.table("outbox", sa.column("kind", sa.String()), sa.column("patient", sa.Boolean()))
    op.execute(outbox.update().where(outbox.c.kind.not_in(_AT_ONCE)).values(patient=True))


def _keep_weekends() -> None:
    programs = sa.table(
        "programs",
        sa.column("id", sa.Integer()),
        sa.column("intro_weekday", sa.Integer()),
        sa.column("checkin_weekday", sa.Integer()),
        sa.column("working_days", sa.JSON()),
    )
    tx = op.get_bind()
    for row in tx.execute(
        sa.select(programs.c.id, programs.c.intro_weekday, programs.c.checkin_weekday)
    ).all():
        days = sorted({*range(5), row.intro_weekday, row.checkin_weekday})
        tx.execute(programs.update().where(programs.c.id == row.id).values(working_days=days))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("held_until")
        batch.drop_column("patient")
    with op.batch_alter_table("members") as batch:
        batch.drop_column("working_days")
    with op.batch_alter_table("programs") as batch:
        batch.drop_column("working_days")
