"""A copy of everything in a database that is thrown away afterwards, to try out on it what would happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select

from storage import tables as t
from storage.database import Database
from storage.delivery_tables import written

ROWS_AT_ONCE = 1_000
_PASSING = frozenset({t.admitted.name, t.turns.name, written.name})
"""What belongs to processes that run, and to nobody who looks ahead."""


@contextmanager
def copied(database: Database) -> Iterator[Database]:
    """A SQLite database with the rows of this one as they are now, in a folder that only this user can read."""
    with TemporaryDirectory(prefix="reverse-mentor-") as folder:
        copy = Database(f"sqlite:///{Path(folder) / 'copy.db'}", readers=2)
        with closing(copy):
            _fill(database, copy)
            yield copy


def _fill(database: Database, copy: Database) -> None:
    with database.read() as source, copy.write() as target:
        t.metadata.create_all(target)
        for table in t.metadata.sorted_tables:
            if table.name in _PASSING:
                continue
            rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
            for some in rows.mappings().partitions(ROWS_AT_ONCE):
                target.execute(insert(table), [dict(row) for row in some])
