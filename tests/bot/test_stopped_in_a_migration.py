"""The bot is told to stop while it changes its tables: it ends, nothing of that is kept, and the next one does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from bot import manifest
from bot.ending import CUT_SHORT
from sandbox import AppConfig, Sandbox
from storage.database import Database
from storage.keeping import schema
from tests.bot.process import BotProcess
from tests.patience import soon

OLDER = "0027"

HANGS = """
import sys, time
from pathlib import Path
from storage.keeping import schema

whole = schema.migrate

def migrate(tx):
    whole(tx)
    Path("in-the-middle").touch()
    {}

schema.migrate = migrate
from bot.__main__ import main
sys.exit(main())
"""

BETWEEN_TWO_STEPS = "time.sleep(600)"
IN_A_STATEMENT = (
    "tx.exec_driver_sql('WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n')"
)
"""SQLite comes to no end with it, and Python hears no signal meanwhile."""


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


def revision(path: Path) -> str | None:
    with closing(Database(f"sqlite:///{path}")) as database, database.read() as tx:
        return schema.revision(tx)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "status"),
    [(BETWEEN_TWO_STEPS, 0), pytest.param(IN_A_STATEMENT, CUT_SHORT, marks=pytest.mark.slow)],
    ids=["between two steps", "in a statement"],
)
def test_it_ends_and_the_next_one_makes_the_change(
    slack: Sandbox, tmp_path: Path, sqlite_copy: Path, where: str, status: int
) -> None:
    file = tmp_path / "mentor.db"
    file.write_bytes(sqlite_copy.read_bytes())
    with closing(Database(f"sqlite:///{file}")) as database, database.rebuild() as tx:
        command.downgrade(schema.config(tx), OLDER)
    bot = BotProcess(slack, tmp_path, DATABASE_URL=f"sqlite:///{file}")
    bot.begins("-c", HANGS.format(where))
    soon(lambda: (tmp_path / "in-the-middle").exists())
    assert bot.is_stopped() == status
    assert "Traceback" not in bot.log
    assert revision(file) == OLDER
    bot.starts()
    soon(lambda: "is running" in bot.log)
    assert bot.is_stopped() == 0
    assert revision(file) == schema.NEWEST
