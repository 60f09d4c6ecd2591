"""A long look at a whole database: its pages, what its rows point to, and whether its messages can be as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    ForeignKeyConstraint,
    Select,
    Table,
    and_,
    create_engine,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from storage import tables as t
from storage.database import Tx
from storage.opening.files import opened
from storage.outbox import stuck
from storage.states import RowState


@contextmanager
def only_reading(path: Path) -> Iterator[Tx]:
    """A look at a SQLite file in which nothing can be changed, not even by opening it."""
    # Without a log beside it, nobody has it open, and SQLite needs to make none to read it.
    how = "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"
    engine = create_engine(
        "sqlite://", creator=lambda: opened(path, how), poolclass=NullPool, hide_parameters=True
    )
    with engine.connect() as tx:
        yield tx


def pages(tx: Tx) -> list[str]:
    """What SQLite finds wrong with the file itself, or PostgreSQL has marked as not to be trusted."""
    if tx.dialect.name == "sqlite":
        try:
            rows = tx.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
            return [" ".join(str(row).split()) for row in rows if row != "ok"]
        except sqlite3.DatabaseError as problem:
            return [str(problem)]
    query = text(
        "SELECT 'the index ' || indexrelid::regclass || ' is not valid'"
        " FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE NOT indisvalid"
        " AND c.relnamespace = current_schema()::regnamespace"
        " UNION ALL SELECT 'the constraint ' || conname || ' was never checked' FROM pg_constraint"
        " WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
    )
    return list(tx.execute(query).scalars())


def orphans(tx: Tx) -> Iterator[str]:
    """The tables with rows that belong to something that is not there, and how many there are."""
    for table in t.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if number := tx.execute(_without_parent(table, key)).scalar_one():
                columns = ", ".join(column.name for column in key.columns)
                yield f"{_rows(number)} of {table.name} ({columns}) that belong to none of {key.referred_table.name}"
    for name, one_of_pair in (("mentor", t.pairs.c.mentor_id), ("mentee", t.pairs.c.mentee_id)):
        member = t.members.c
        known = select(member.person_id).where(
            member.program_id == t.pairs.c.program_id, member.person_id == one_of_pair
        )
        if number := tx.execute(
            select(func.count()).select_from(t.pairs).where(~known.exists())
        ).scalar_one():
            yield f"{_rows(number)} of pairs whose {name} is no member"


def messages(tx: Tx, now: datetime) -> Iterator[str]:
    """What cannot be so in the outbox, whatever happened, and what has waited for more than a day."""
    row = t.outbox.c
    wrong: tuple[tuple[str, ColumnElement[bool]], ...] = (
        (
            "that are on the wire without an end of that",
            and_(row.state == RowState.SENDING, row.lease_until.is_(None)),
        ),
        ("that show more than anybody wanted", row.shown > row.wanted),
        ("that were sent, and it is not known when", and_(row.state == RowState.SENT, row.sent_at.is_(None))),
        ("that stand somewhere, and the channel is not known", row.ts.is_not(None) & row.channel.is_(None)),
        ("that count fewer than no attempts", or_(row.attempts < 0, row.fence < 0)),
    )
    for what, condition in wrong:
        if number := tx.execute(select(func.count()).select_from(t.outbox).where(condition)).scalar_one():
            yield f"{number:,} messages {what}"
    if found := stuck.look(tx, now):
        yield f"{found.number:,} messages that should have gone, the first at {found.since:%Y-%m-%d %H:%M} UTC"


def _without_parent(table: Table, key: ForeignKeyConstraint) -> Select[int]:
    parent = key.referred_table.alias("parent")
    pairs = [(one.parent, parent.c[one.column.name]) for one in key.elements]
    there = select(1).select_from(parent).where(*(child == column for child, column in pairs)).exists()
    given = [child.is_not(None) for child, _ in pairs]
    return select(func.count()).select_from(table).where(*given, ~there)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
