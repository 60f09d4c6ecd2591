"""Entries of the audit log have a before and an after, and the database itself keeps them as they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

REFUSED = "The audit log can be added to, and not changed."

_ON_SQLITE = """
CREATE TRIGGER audit_{name} BEFORE {event} ON audit WHEN NOT EXISTS (SELECT 1 FROM erasures)
BEGIN SELECT RAISE(ABORT, '{refused}'); END
"""
_FUNCTION = """
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasures) THEN
        RAISE EXCEPTION '{refused}';
    END IF;
    IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
    RETURN OLD;
END $$
"""
_ON_POSTGRESQL = (
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.add_column("audit", sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("audit", sa.Column("after", sa.JSON(none_as_null=True), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_ON_SQLITE.format(name=f"no_{event.lower()}", event=event, refused=REFUSED))
        return
    op.execute(_FUNCTION.format(refused=REFUSED))
    for trigger in _ON_POSTGRESQL:
        op.execute(trigger)


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_delete")
    else:
        op.execute("DROP TRIGGER audit_stays ON audit")
        op.execute("DROP TRIGGER audit_is_not_emptied ON audit")
        op.execute("DROP FUNCTION audit_stays()")
    op.drop_column("audit", "after")
    op.drop_column("audit", "before")
    op.drop_table("erasures")
