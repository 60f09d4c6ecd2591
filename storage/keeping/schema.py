"""Bringing a database up to date: the migrations, and what revision it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from storage.database import Database, Tx
from storage.keeping import backups

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parents[1] / "migrations"

NEWEST = "0038"
"""The revision that this version of the bot needs."""

# Alembic is imported where a migration runs: a database that is up to date, which is every start but the first, needs
# none of it, and it is a sixth of the time to start.


MADE_BY_NEWER = "This database was made by a newer version of the bot."
INSTALL_NEWER = "Install that version, or restore an older backup."


class NewerDatabase(Exception):
    """The database has a revision that this version does not know."""

    def __str__(self) -> str:
        return f"{MADE_BY_NEWER} {INSTALL_NEWER}"


def config(tx: Tx | None = None) -> Config:
    """Alembic's settings, bound to a connection when there is one."""
    from alembic.config import Config

    settings = Config()
    # Percent signs are Alembic's own placeholders, so a path that has one is written doubled.
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = tx
    return settings


def revision(tx: Tx) -> str | None:
    """The revision that the database has, or None for an empty one."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(database: Database) -> bool:
    """Bring the database up to date, in one transaction; tells whether anything was done.

    A SQLite file that has something in it is copied first. Raises `NewerDatabase`, or `Unusable` without that copy.
    """
    with database.read() as tx:
        if revision(tx) == NEWEST:
            return False  # nobody's lock is waited for, and what follows looks through all rows at its end
    with database.rebuild() as tx:
        before = revision(tx)
        if before == NEWEST:
            return False
        if before is not None and not knows(before):
            raise NewerDatabase
        if before is not None and (path := database.file) is not None:
            # Nobody else can write by now, and nothing was written yet.
            backups.before_migration(path, before)
        migrate(tx)
        return True


def knows(revision: str) -> bool:
    """Whether a revision is one of this version's; those of newer versions are not."""
    from alembic.script import ScriptDirectory

    return any(one.revision == revision for one in ScriptDirectory.from_config(config()).walk_revisions())


def migrate(tx: Tx) -> None:
    """Take every step that a database still lacks, within a transaction of `Database.rebuild`."""
    from alembic import command

    command.upgrade(config(tx), "head")
