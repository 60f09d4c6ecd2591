"""A copy of everything in a database that is thrown away afterwards, to try out on it what would happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete, insert, select, update

from mentoring.checkins import Answer
from storage import checkin_tables, middle_tables
from storage import tables as t
from storage.database import Database, Tx
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


def without_private(tx: Tx, program_id: int, workspace: str) -> None:
    """Take out of a copy what people told the bot alone and what would show in when and how often it writes."""
    for table in (checkin_tables.away, checkin_tables.fewer):
        tx.execute(delete(table).where(table.c.workspace == workspace))
    tx.execute(update(t.members).where(t.members.c.program_id == program_id).values(working_days=None))
    asked = select(t.pairs.c.id).where(t.pairs.c.program_id == program_id)
    ours = update(t.checkins).where(t.checkins.c.pair_id.in_(asked))
    tx.execute(delete(middle_tables.calls).where(middle_tables.calls.c.program_id == program_id))
    tx.execute(ours.where(t.checkins.c.answer == Answer.HELP).values(answer=Answer.NOT_YET))
    # Who is reminded of a question of these days was asked on them, and did not answer.
    tx.execute(ours.values(reask_at=None))
