"""What each pair has said in short, for figures, and the digest of each week."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ANSWERS = ("help", "not-yet", "planned", "met")
_BATCH = 1000


def upgrade() -> None:
    """Take this step. What pairs have answered so far is summed up; no digest was told."""
    tidings = op.create_table(
        "tidings",
        sa.Column("pair_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("not_held_by", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer IN ('met', 'planned', 'not-yet', 'help')", name=op.f("ck_tidings_answer")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_tidings_pair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_tidings")),
    )
    op.create_table(
        "digests",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_digests_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "week", name=op.f("pk_digests")),
    )
    _sum_up(tidings)


def _sum_up(tidings: sa.Table) -> None:
    """Fill the table from the answers; mentors of one mentee together have theirs with their next answer."""
    checkins = sa.table(
        "checkins",
        sa.column("pair_id", sa.Integer()),
        sa.column("week", sa.String()),
        sa.column("answer", sa.String()),
        sa.column("answered_at", sa.DateTime(timezone=True)),
    )
    row = checkins.c
    query = sa.select(row.pair_id, row.week, row.answer, row.answered_at).order_by(row.pair_id)
    given = query.where(row.answer.is_not(None), row.answered_at.is_not(None))
    connection = op.get_bind()
    found = connection.execute(given).all()
    rows = [_in_short(pair_id, list(told)) for pair_id, told in groupby(found, key=lambda one: one.pair_id)]
    for begin in range(0, len(rows), _BATCH):
        connection.execute(sa.insert(tidings), rows[begin : begin + _BATCH])


def _in_short(pair_id: int, told: list[Any]) -> dict[str, Any]:
    last = max(told, key=lambda one: (one.answered_at, _ANSWERS.index(one.answer)))
    met_at = max((one.answered_at for one in told if one.answer == "met"), default=None)
    planned: dict[str, datetime] = {}
    for one in sorted(told, key=lambda one: one.answered_at):
        if one.answer == "planned" and (met_at is None or one.answered_at > met_at):
            planned[one.week] = one.answered_at
    moments = sorted(planned.values())
    not_held_by = moments[1] + timedelta(days=7) if len(moments) > 1 else None
    return {
        "pair_id": pair_id,
        "met_at": met_at,
        "heard_at": last.answered_at,
        "answer": last.answer,
        "not_held_by": not_held_by,
    }


def downgrade() -> None:
    """Take it back."""
    op.drop_table("digests")
    op.drop_table("tidings")
