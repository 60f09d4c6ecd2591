"""The command `rehearse`: every message of the coming weeks, with its reader, as a list or a file."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import TextIO

from bot.settings import Settings
from mentoring.errors import NoProgram
from mentoring.rehearsing import Coming, Rehearsal
from program.context import Context
from scheduler.rehearsal import run_ahead
from storage import programs, schema
from storage.database import Database, missing_file

COLUMNS = ("sent_at", "day", "message", "people", "channel", "note")


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Run ahead and print what would be sent; gives the exit status."""
    if path := missing_file(settings.database_url):
        print(f"There is no database at {path}. The bot makes one when it starts.", file=sys.stderr)
        return 1
    with closing(Database(settings.database_url)) as database:
        if trouble := _cannot_be_read(database):
            print(trouble, file=sys.stderr)
            return 1
        ctx = Context(database, lambda: datetime.now(UTC), settings.admins)
        with database.read() as tx:
            every = programs.every(tx)
        if not every:
            print(NoProgram(), file=sys.stderr)
            return 1
        found = run_ahead(ctx, every[0], parsed.weeks, answered=not parsed.silent)
    if parsed.csv is None:
        _write(sys.stdout, found)
    else:
        with parsed.csv.open("w", encoding="utf-8", newline="") as file:
            _write(file, found)
        print(f"{len(found.messages)} messages until {found.until:%Y-%m-%d} are in {parsed.csv}.")
    for told in _warnings(found):
        print(told, file=sys.stderr)
    return 0


def _cannot_be_read(database: Database) -> str:
    """Why nothing can be told from this database yet, in a sentence; empty where it can."""
    with database.read() as tx:
        if schema.revision(tx) == schema.NEWEST:
            return ""
    return "The database is of another version than this command. Start the bot of this version once."


def _write(file: TextIO, found: Rehearsal) -> None:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_rows(found.messages, found))


def _rows(messages: Iterable[Coming], found: Rehearsal) -> Iterator[tuple[str, ...]]:
    holidays = frozenset(found.warnings.holidays)
    for one in messages:
        told = " ".join(("day off",) * one.off + ("holiday",) * (one in holidays))
        yield (
            f"{one.at:%Y-%m-%dT%H:%M}Z",
            one.day.isoformat(),
            one.kind.value,
            " ".join(one.people),
            one.channel,
            told,
        )


def _warnings(found: Rehearsal) -> Iterator[str]:
    warned = found.warnings
    if warned.off:
        yield f"Please look: {len(warned.off)} messages on days on which their readers do not work."
    if warned.holidays:
        yield f"Please look: {len(warned.holidays)} messages on public holidays."
    for one in warned.crowded:
        yield f"Please look: {one.messages} messages to {one.person_id} in the week of {one.week.isoformat()}."
