"""Who was taken out by the directory alone, and which pairs that cut off, so that both can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    """Take this step. New columns may be empty, so that no table has to be copied."""
    op.add_column("members", sa.Column("away_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("members", sa.Column("away_from", sa.String(length=16), nullable=True))
    op.add_column("pairs", sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_checkins_answer"), "checkins", ["answer"])
    _keep_leads()


def _keep_leads() -> None:
    """Leads are kept among the people from now on; those nobody has looked up are due at once."""
    people = sa.table(
        "people",
        *map(sa.column, ("workspace", "id", "name", "admin", "deactivated", "guest", "bot")),
        sa.column("seen_at", sa.DateTime(timezone=True)),
    )
    programs = sa.table("programs", sa.column("id"), sa.column("workspace"))
    leads = sa.table("leads", sa.column("program_id"), sa.column("person_id"))
    known = sa.select(people.c.id).where(
        people.c.workspace == programs.c.workspace, people.c.id == leads.c.person_id
    )
    no = sa.literal(False, sa.Boolean())
    long_ago = sa.literal(_LONG_AGO, sa.DateTime(timezone=True))
    missing = (
        sa.select(programs.c.workspace, leads.c.person_id, leads.c.person_id, no, no, no, no, long_ago)
        .select_from(leads.join(programs, programs.c.id == leads.c.program_id))
        .where(~known.exists())
    )
    names = ["workspace", "id", "name", "admin", "deactivated", "guest", "bot", "seen_at"]
    op.execute(people.insert().from_select(names, missing))


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_checkins_answer"), table_name="checkins")
    op.drop_column("pairs", "cut_off")
    op.drop_column("members", "away_from")
    op.drop_column("members", "away_since")
