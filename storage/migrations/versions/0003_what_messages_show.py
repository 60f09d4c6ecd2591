"""Which facts each message on screen shows, so that whatever changes one of them brings it up to date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KINDS = (
    "kind IN ('welcome', 'summary', 'card', 'intro_time', 'intro', 'no_partner', "
    "'checkin', 'reask', 'help', 'silence', 'pair_closed', 'thanks', 'unconfirmed', 'channel_trouble')"
)


def upgrade() -> None:
    """Take this step. Kinds of messages come and go with versions, so the code alone keeps their list from now on."""
    op.create_table(
        "shows",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"], name=op.f("fk_shows_row_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row_id", "fact", name=op.f("pk_shows")),
    )
    op.create_index(op.f("ix_shows_fact"), "shows", ["fact"])
    with op.batch_alter_table("outbox") as batch:
        batch.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        batch.add_column(sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("digest", server_default=None)
    # What older versions put on screen was not noted: it is made anew once, and noted then.
    op.execute(
        "UPDATE outbox SET wanted = wanted + 1, state = 'ready' WHERE state = 'sent' AND ts IS NOT NULL"
    )
    op.add_column("programs", sa.Column("hours_on", sa.Date(), nullable=True))
    op.add_column("programs", sa.Column("recheck_from", sa.Integer(), nullable=True))
    op.add_column("members", sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("members") as batch:
        batch.drop_column("silent_since")
    with op.batch_alter_table("programs") as batch:
        batch.drop_column("recheck_from")
        batch.drop_column("hours_on")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("digest")
        batch.create_check_constraint(op.f("ck_outbox_kind"), _KINDS)
    op.drop_index(op.f("ix_shows_fact"), table_name="shows")
    op.drop_table("shows")
