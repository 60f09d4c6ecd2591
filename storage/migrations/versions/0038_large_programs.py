"""Whom a matching left without a partner has rows of its own, and what is counted is counted by indexes.

Whoever looks at a cycle need not read all that it left out, nor whoever counts pairs and members any of their rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_BATCH = 5_000
_cycles = sa.table("cycles", sa.column("id", sa.Integer), sa.column("left_out", sa.JSON))
_INDEXES: tuple[tuple[str, list[str], list[str]], ...] = (
    ("asks", ["program_id", "said"], ["program_id"]),
    ("members", ["program_id", "standing", "level"], ["program_id", "standing"]),
    ("pairs", ["program_id", "state", "introduced_at"], ["program_id", "state"]),
    ("pairs", ["cycle_id", "state", "mentor_id", "mentee_id"], []),
)
"""By table: the columns of an index, and those of the one in whose place it comes."""

_left_out = sa.table(
    "left_out",
    sa.column("cycle_id", sa.Integer),
    sa.column("person_id", sa.String),
    sa.column("side", sa.String),
    sa.column("reason", sa.JSON),
    sa.column("help", sa.JSON),
    sa.column("why", sa.String),
)


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "left_out",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("help", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_left_out_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cycle_id", "person_id", "side", name=op.f("pk_left_out")),
    )
    tx = op.get_bind()
    for cycle_id in list(tx.execute(sa.select(_cycles.c.id)).scalars()):
        query = sa.select(_cycles.c.left_out).where(_cycles.c.id == cycle_id)
        rows = _rows(cycle_id, tx.execute(query).scalar_one())
        while some := list(islice(rows, _BATCH)):
            tx.execute(sa.insert(_left_out), some)
    op.drop_column("cycles", "left_out")
    for table, columns, before in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
        if before:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(before)}"), table)


def downgrade() -> None:
    """Take it back; SQLite cannot take away the value that the column began with, and nobody minds it."""
    for table, columns, before in _INDEXES:
        if before:
            op.create_index(op.f(f"ix_{table}_{'_'.join(before)}"), table, before)
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    op.add_column("cycles", sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]"))
    tx, row = op.get_bind(), _left_out.c
    for cycle_id in list(tx.execute(sa.select(row.cycle_id).distinct()).scalars()):
        query = sa.select(row.person_id, row.side, row.reason, row.help, row.why)
        found = tx.execute(query.where(row.cycle_id == cycle_id).order_by(row.side, row.person_id))
        told = [dict(one) for one in found.mappings()]
        tx.execute(sa.update(_cycles).where(_cycles.c.id == cycle_id).values(left_out=told))
    op.drop_table("left_out")


def _rows(cycle_id: int, told: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each person and side once; those of the first versions have no class."""
    once = {(one["person_id"], one["side"]): one for one in told}
    for one in once.values():
        yield {"cycle_id": cycle_id, "why": "", **one}
