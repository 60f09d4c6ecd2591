"""Whether a database can be written to, found out by writing to it and taking that back."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema, shape
from storage.opening import causes
from storage.opening.unusable import Cause, Unusable

_ROOM = 256 * 1024
"""Bytes that are written and taken back: more than SQLite keeps in memory here, so that they reach the disk."""


class _TakeBack(Exception):
    """Ends a transaction without any of its changes."""


def writing(database: Database) -> None:
    """Try to write what the bot writes, and take it back; raises whatever the database raises, or `Unusable`."""
    try:
        with database.write() as tx:
            _tables(tx)
            if database.is_sqlite:
                _disk(tx)
            else:
                _sequences(tx, database)
            raise _TakeBack
    except _TakeBack:
        return
    except DBAPIError:
        with database.read() as tx:
            if lacks := lacking(tx, database):
                raise Unusable(lacks) from None
        raise


def lacking(tx: Tx, database: Database) -> Cause | None:
    """That somebody took away what the bot's migrations made in a database of the newest revision."""
    gone = list(shape.missing(tx))
    if not gone:
        return None
    more = f", and {len(gone) - 3} more" if len(gone) > 3 else ""
    return Cause(
        f"The database {causes.named(database.url)} lacks {', '.join(gone[:3])}{more}: somebody has changed it.",
        "Put a backup back (`restore FILE`); nothing was changed now.",
    )


def unknown_tables(tx: Tx, database: Database) -> Cause | None:
    """That the tables in a database without a revision are somebody else's; None for an empty one.

    A PostgreSQL schema may have others' tables beside the bot's own, as long as none has the name of one of them.
    """
    there = set(inspect(tx).get_table_names())
    others = there if database.is_sqlite else there & set(t.metadata.tables)
    if schema.revision(tx) is not None or not others:
        return None
    some = ", ".join(sorted(others)[:3])
    return Cause(
        f"The database {causes.named(database.url)} holds tables of another program ({some}).",
        "Name a database of its own in DATABASE_URL; this one was left as it is.",
    )


def _tables(tx: Tx) -> None:
    """Change no row of each table: the rights to do so are looked at all the same."""
    quoted = tx.dialect.identifier_preparer.quote
    for table in t.metadata.sorted_tables:
        name, columns = quoted(table.name), [quoted(column.name) for column in table.columns]
        every = ", ".join(columns)
        # Written out, because SQLAlchemy takes a tenth of a start to put three statements together for each table.
        for statement in (
            f"UPDATE {name} SET {columns[0]} = {columns[0]}",  # noqa: S608 - our own names, quoted
            f"INSERT INTO {name} ({every}) SELECT {every} FROM {name}",  # noqa: S608 - as above
            f"DELETE FROM {name}",  # noqa: S608 - as above
        ):
            tx.exec_driver_sql(f"{statement} WHERE 1 = 0")


def _sequences(tx: Tx, database: Database) -> None:
    query = text(
        # In this order, because what is no sequence may not be asked about.
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(oid, 'USAGE') ELSE false END"
    )
    ours = {f"{table.name}_id_seq" for table in t.metadata.sorted_tables}
    if ours & set(tx.execute(query).scalars()):
        parts = database.url
        raise Unusable(
            Cause(
                f"The user {parts.username} may not use the sequences of the database {causes.named(parts)}.",
                f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {parts.username};",
            )
        )


def _disk(tx: Tx) -> None:
    """Let SQLite write to the disk what is not committed: it does so once it is more than it keeps in memory."""
    kept = tx.exec_driver_sql("PRAGMA cache_size").scalar_one()
    tx.exec_driver_sql("PRAGMA cache_size = 10")
    try:
        tx.exec_driver_sql("CREATE TABLE probe (piece BLOB)")
        for _ in range(_ROOM // 4096):
            tx.exec_driver_sql("INSERT INTO probe VALUES (zeroblob(4000))")
    finally:
        with suppress(DBAPIError):  # what failed first is what is told
            tx.exec_driver_sql(f"PRAGMA cache_size = {kept}")
