"""Lanes in which messages wait, so that what somebody waits for is found without reading what may not go yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_HELP, _QUESTIONS, _ANSWERS, _LEADS, _MAIL, _INTRODUCTIONS, _REDRAWN = 0, 1, 2, 3, 4, 5, 7
_KINDS = {
    "help": _HELP,
    "unconfirmed": _QUESTIONS,
    "channel_trouble": _QUESTIONS,
    "delivery_trouble": _QUESTIONS,
    "no_lead": _QUESTIONS,
    "welcome": _ANSWERS,
    "intro": _INTRODUCTIONS,
}


def upgrade() -> None:
    """Take this step."""
    op.add_column("outbox", sa.Column("lane", sa.Integer(), nullable=False, server_default=str(_MAIL)))
    outbox = sa.table(
        "outbox",
        *(sa.column(name, sa.String()) for name in ("kind", "recipient", "state", "ts")),
        sa.column("lane", sa.Integer()),
    )
    row = outbox.c
    lane = sa.case(
        (row.ts.is_not(None), _REDRAWN),
        (row.recipient == "leads", _LEADS),
        *((row.kind == kind, lane) for kind, lane in _KINDS.items()),
        else_=_MAIL,
    )
    # What was sent long ago gets its lane when it changes.
    op.execute(outbox.update().where(row.state.not_in(("sent", "moot", "failed"))).values(lane=lane))
    op.create_index(
        "ix_outbox_lane_not_before_id",
        "outbox",
        ["lane", "not_before", "id"],
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_index("ix_outbox_lease_until", "outbox", ["lease_until"])
    op.create_table(
        "turns",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("turns")
    op.drop_index("ix_outbox_lease_until", "outbox")
    op.drop_index("ix_outbox_lane_not_before_id", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("lane")
