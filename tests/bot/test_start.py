"""What the bot loads to start, which is most of the time that starting takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from storage.database import Database

ROOT = Path(__file__).parents[2]

SPARED = {
    "alembic": "changes tables, which the first start with a new version needs",
    "icalendar": "writes a file of appointments",
    "numpy": "matches",
    "openpyxl": "reads spreadsheets",
    "pylmcf": "matches",
    "rapidfuzz": "compares words",
    "psycopg": "speaks to PostgreSQL",
    "sqlalchemy.dialects.postgresql": "writes SQL for PostgreSQL",
    "waitress": "serves HTTP",
}
"""Libraries that the usual start, on SQLite and in Socket Mode, goes without, and what each is for."""

SCRIPT = """
import sys
from bot import command_line, settings, wiring
from bot.monitoring import logs
from storage.keeping import schema
from storage import upsert
from storage import tables as t
from storage.database import Database

database = Database(sys.argv[1])
assert not schema.upgrade(database)
with database.write() as tx:
    upsert.insert_for(tx, t.outbox)
database.close()
print(*sys.modules)
"""


def test_it_loads_nothing_that_it_may_never_need(sqlite: Database) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(sqlite.url)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & set(SPARED) == set()
