"""`python -m tests.year`: a year of two hundred people in twenty time zones; prints what each of them got in a week."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import storage.database
from benchmarks.markdown import table
from mentoring.messages import Kind
from storage.database import Database
from tests.fixtures.databases import HASTY
from tests.program.office import MONDAY, WEEK
from tests.year.counted import Counted
from tests.year.town import ZONES, Town, if_there

YEAR = timedelta(days=365)
schema = if_there("storage.keeping.schema") or if_there("storage.schema")
growth = if_there("benchmarks.growth")
_Name = TypeVar("_Name", int, Kind)


def main(arguments: Sequence[str] | None = None) -> int:
    """Live and count; gives 0 when everything that is promised was so, and 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.year", description="A year of a program in fast time, and what everybody got."
    )
    parser.add_argument(
        "--couples", type=int, default=87, help="how many; every seventh mentor has two mentees more"
    )
    parser.add_argument("--zones", type=int, default=len(ZONES), help="how many time zones they live in")
    parser.add_argument("--weeks", type=int, default=52, help="how long they take part")
    parser.add_argument(
        "--plans", type=int, default=20, help="every which answer plans a meeting: 5, 10, 15 and so on"
    )
    options = parser.parse_args(arguments)
    storage.database.PRAGMAS = HASTY
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{Path(directory) / 'year.db'}")
        schema.upgrade(database)
        counted = _lived(Town.of(database, options.couples, options.zones, options.plans), options.weeks)
        grown = _grown(counted.town, options.weeks)
        database.close()
    sys.stdout.write(printed(counted) + grown)
    return int(is_flawed(counted))


def _lived(town: Town, weeks: int) -> Counted:
    until = MONDAY + (weeks + 1) * WEEK
    for day, _ in enumerate(town.lives(until)):
        if day % 7 == 0:
            sys.stderr.write(f"\rweek {day // 7} of {weeks + 1}")
    sys.stderr.write("\n")
    return Counted(town, until)


def _grown(town: Town, weeks: int) -> str:
    """How large the database is, and how large once everything has gone that may; older bots do not say."""
    if growth is None:
        return ""
    ctx, file = town.office.ctx, town.office.ctx.database.file
    assert file is not None, "a town lives on a file"
    year = 52 / weeks * growth.COMPANY / len(town.places) / 1_000_000
    everything = growth.bytes_of(file)
    # The cycle ends and is reported on, and what stands on screens says so.
    town.office.at(town.office.clock() + 3 * YEAR)
    growth.lets_go(replace(ctx, keeps=growth.KEEPS, keeps_audit=YEAR))
    stays = growth.bytes_of(file)
    return (
        f"A year of {growth.COMPANY} people takes {everything * year:.1f} MB, of which {stays * year:.1f} MB stay"
        " once the times for which things are kept are over.\n"
    )


def is_flawed(counted: Counted) -> bool:
    """Whether anything that is promised was not so."""
    return bool(
        counted.out_of_hours or counted.twice or counted.forgotten or counted.never_paired or counted.too_many
    )


def printed(counted: Counted) -> str:
    """Everything that was counted, as tables in Markdown."""
    town = counted.town
    messages, due = (
        dict(sorted(counted.messages.items())),
        dict(sorted(Counter(counted.due.values()).items())),
    )
    late, everything = len(counted.out_of_hours), len(counted.got)
    days = (counted.until - MONDAY).days - 7
    return f"""\
{len(town.places)} people in {len({*town.places.values()})} time zones, {len(town.begun)} pairs, {days // 7} weeks.

{_shares("messages of a person in a week", "weeks of people", messages)}

{_shares("usual questions in a week that was due", "weeks of a side", due)}

{_shares("kind", "messages", dict(counted.kinds.most_common()))}

Outside of working hours: {late} of {everything} messages ({_share(late, everything)}).
Beyond the budget: {len(counted.too_many)}. Asked twice in a week, due or not: {len(counted.twice)}.
Due and not asked: {len(counted.forgotten)}. Never introduced: {len(counted.never_paired)}.
"""


def _shares(what: str, of: str, found: Mapping[_Name, int]) -> str:
    whole = sum(found.values())
    rows: list[list[str]] = [[str(name), f"{times:,}", _share(times, whole)] for name, times in found.items()]
    return table([[what, of, "share"], *rows])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


if __name__ == "__main__":
    sys.exit(main())
