"""The command `audit`: what was decided by whom and when, as a table, and somebody taken out of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.commands import office
from bot.settings import Settings
from mentoring.errors import StillHere
from mentoring.ids import is_person
from mentoring.spreadsheets.results import Row
from program import audit_log
from storage.audit import Entry

A_DAY = timedelta(days=1)

EXPORTED = ("at", "program", "who", "action", "about", "before", "after", "details")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do what is asked for; gives the exit status: 0 done, 1 something does not work, 2 bad input."""
    return office.ended(partial(_export if options.doing == "export" else _erase, options, settings))


def _erase(options: argparse.Namespace, settings: Settings) -> None:
    if not is_person(options.person):
        raise office.BadInputError(f"{options.person!r} is no Slack id. One looks like U024BE7LH.")
    with office.surroundings(settings) as ctx:
        try:
            found = audit_log.erase(ctx, options.person)
        except StillHere as problem:
            raise office.BadInputError(str(problem)) from None
    office.tell(f"Entries of the audit log that named {options.person} and do not any more: {found:,}.")


def _export(options: argparse.Namespace, settings: Settings) -> None:
    if options.first and options.last and options.last < options.first:
        raise office.BadInputError(f"--to {options.last} is before --from {options.first}.")
    since = _midnight(options.first) if options.first else None
    # The last day of the calendar has none after it, and no entry either.
    before = _midnight(options.last + A_DAY) if options.last and options.last < date.max else None
    with office.surroundings(settings) as ctx:
        entries = audit_log.entries(ctx, since, before)
        office.written(options.out, "Audit", EXPORTED, _rows(entries))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _rows(entries: Iterator[tuple[str, Entry]]) -> Iterator[Row]:
    for program, entry in entries:
        at = entry.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        values = map(_words, (entry.before, entry.after, entry.details))
        yield at, program, entry.actor, entry.action, entry.subject, *values


def _words(values: Mapping[str, Any]) -> str:
    """Values like `level: Senior; leads: U1, U2`."""
    return "; ".join(f"{name}: {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)
