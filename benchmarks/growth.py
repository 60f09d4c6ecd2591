"""`python -m benchmarks.growth`: how much a database grows in a year, and what of it the retention setting takes out.

The story of the demo is lived through twice, over a few weeks and over some more; what lies between is what weeks cost.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.monitoring import logs
from demo.narrator import Narrator
from demo.stage import Stage
from demo.story import START, Story
from program import retention
from program.context import Context

PEOPLE, SHORT, LONG, SEED = 16, 1, 4, 1
YEAR, COMPANY = 52, 500
KEEPS: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of a database, and of what is left of it once the time for which things are kept is over."""

    all: int
    kept: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 0."""
    parser = argparse.ArgumentParser(description="How large the database of a program grows in a year.")
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args(arguments).people
    logs.configure("ERROR", "text")
    short, long = (_lived(people, weeks) for weeks in (SHORT, LONG))
    year = COMPANY * YEAR / people / (LONG - SHORT) / 1_000_000
    everything, kept = (long.all - short.all) * year, (long.kept - short.kept) * year
    print(
        f"{COMPANY} people, a year: {everything:.1f} MB; of that {kept:.1f} MB stay after the retention time."
    )
    return 0


def _lived(people: int, weeks: int) -> Sizes:
    with Stage(START) as stage:
        Story(stage, people, weeks, SEED, Narrator(_nobody_reads)).play()
        file = stage.bot.database.file
        assert file is not None, "the demo lives on a file"
        everything = bytes_of(file)
        much_later = stage.clock.now() + 5 * KEEPS
        ctx = replace(stage.bot.ctx, keeps=KEEPS, keeps_audit=4 * KEEPS, now=lambda: much_later)
        lets_go(ctx)
        return Sizes(everything, bytes_of(file))


def lets_go(ctx: Context) -> None:
    """Let everything go that may."""
    while retention.let_go(ctx):
        pass


def bytes_of(file: Path) -> int:
    """What the rows and their indexes take, whatever pages are half empty."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT sum(pgsize - unused) FROM dbstat").fetchone()[0])


def _nobody_reads(_words: str) -> None:
    """Stand in for somebody who reads the story."""


if __name__ == "__main__":
    sys.exit(main())
