"""Bringing a database up to date: the migrations, and what revision it has."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database, Tx

SCRIPTS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """This database was made by a newer version of the bot. Install that version, or restore an older backup."""


def config(tx: Tx | None = None) -> Config:
    """Alembic's settings, bound to a connection when there is one."""
    settings = Config()
    # Percent signs are Alembic's own placeholders, so a path that has one is written doubled.
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = tx
    return settings


def newest() -> str:
    """The revision that this version of the bot needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None, "the migrations are part of the package"
    return head


def revision(tx: Tx) -> str | None:
    """The revision that the database has, or None for an empty one."""
    return MigrationContext.configure(tx).get_current_revision()


def upgrade(database: Database) -> bool:
    """Bring the database up to date, in one transaction; tells whether anything was done."""
    with database.write() as tx:
        before = revision(tx)
        if before == newest():
            return False
        known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
        if before is not None and before not in known:
            raise NewerDatabase(NewerDatabase.__doc__)
        command.upgrade(config(tx), "head")
        return True
