"""The command `rehearse`: every message of the coming weeks, with its reader, as a list or a file."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TextIO

from bot.commands import office
from bot.commands.files import Drafts
from bot.settings import Settings
from bot.starting import CannotStart
from mentoring.errors import NoProgram
from mentoring.rehearsing import Coming, Rehearsal
from scheduler.rehearsal import run_ahead
from storage import programs

COLUMNS = ("sent_at", "day", "message", "people", "channel", "note")


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Run ahead and print what would be sent; gives the exit status: 0 done, 1 it does not work, 2 bad input."""
    return office.ended(partial(_rehearse, settings, parsed))


def _rehearse(settings: Settings, parsed: argparse.Namespace) -> None:
    if parsed.csv is None:
        found = _ahead(settings, parsed)
        _write(sys.stdout, found)
    else:
        with Drafts([parsed.csv], []) as drafts:
            found = _ahead(settings, parsed)
            with drafts.open(parsed.csv) as file:
                _write(file, found)
            drafts.publish()
        print(f"{len(found.messages)} messages until {found.until:%Y-%m-%d} are in {parsed.csv}.")
    office.tell(*_warnings(found))


def _ahead(settings: Settings, parsed: argparse.Namespace) -> Rehearsal:
    """What would be sent. Raises `CannotStart`."""
    with office.as_it_is(settings) as ctx:
        with ctx.database.read() as tx:
            every = programs.every(tx)
        if not every:
            raise CannotStart(str(NoProgram()))
        return run_ahead(ctx, every[0], parsed.weeks, answered=not parsed.silent)


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
