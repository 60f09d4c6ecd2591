"""`python -m benchmarks.people`: how long it takes to read a company from HR's file, and how much memory."""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.memory import forget_peak, peak_mb
from mentoring.people import Member, Person, Profile, Role, Standing
from mentoring.programs import DEFAULT_LADDER, ProgramDraft
from mentoring.spreadsheets.hr import placed, read_hr
from mentoring.spreadsheets.remarks import Notes
from mentoring.spreadsheets.results import write_table
from program import hr, programs
from program.context import Context
from storage import members, people
from storage import programs as stored_programs
from storage.database import Database
from storage.keeping import schema

WORKSPACE = "T1"
HEADER = ("id", "name", "level", "department", "manager_id")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each step."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-people-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'people.db'}"
        with closing(Database(url)) as database:
            schema.upgrade(database)
            ctx = Context(database, lambda: datetime.now(UTC))
            enroll(ctx, options.members)
            print(
                f"{options.people:,} people, of whom {options.members:,} take part; {database.url.get_backend_name()}"
            )
            for title, seed in (
                ("the first file", 1),
                ("the same file again", 1),
                ("a file with changes", 2),
            ):
                print(f"  {title}: {measured(ctx, company(options.people, seed))}")
    return 0


def measured(ctx: Context, data: bytes) -> str:
    """Read a file as the command does; gives the seconds, and the most memory that the process held."""
    forget_peak()
    began = time.perf_counter()
    notes = Notes()
    file = read_hr(data, hr.ladders(ctx, WORKSPACE), notes)
    said = placed(file, {row.id: row.slack_id for row in file.rows}, notes)
    read = time.perf_counter()
    plan = hr.planned(ctx, WORKSPACE, said, file.columns)
    differences = hr.differences(ctx, WORKSPACE, plan)
    followed = hr.apply(ctx, WORKSPACE, plan)
    ended = time.perf_counter()
    return (
        f"{ended - began:.1f} s ({read - began:.1f} s to read it), {peak_mb():.0f} MB; "
        f"{len(plan.records):,} records written, {followed:,} members followed, {len(differences):,} differ"
    )


def enroll(ctx: Context, count: int) -> None:
    """A program and its members, whose levels are their own word for half of them."""
    admin = Person("UADMIN", "Ada Admin", admin=True)
    today = datetime.now(UTC).date().isoformat()
    draft = ProgramDraft(name="Upside Down", leads=("UADMIN",), leads_channel="CLEADS", first_start=today)
    if programs.find(ctx, WORKSPACE) is not None:
        return
    programs.set_up(ctx, WORKSPACE, admin, draft)
    draw = random.Random(3)
    for numbers in hr.batches(range(count)):
        with ctx.act(WORKSPACE) as act:
            program = stored_programs.find(act.tx, WORKSPACE)
            assert program is not None
            for number in numbers:
                person = Person(f"U{number:06}", f"Person {number}", "Europe/Lisbon")
                people.save(act.tx, WORKSPACE, person, act.now)
                level = draw.choice((None, draw.randint(1, len(DEFAULT_LADDER))))
                profile = Profile(Role.BOTH, ("AI tools",), ("SQL",), level=level)
                member = Member(program.id, person, profile, Standing.ACTIVE, act.now, act.now)
                members.save(act.tx, WORKSPACE, member)


def company(size: int, seed: int) -> bytes:
    """A file of HR: a tree of managers, eight levels, thirty departments; another seed changes one line in ten."""
    text = io.StringIO()
    write_table(text, HEADER, _rows(size, seed))
    return text.getvalue().encode()


def _rows(size: int, seed: int) -> Iterator[Sequence[str]]:
    same, other = random.Random(1), random.Random(seed)
    for number in range(size):
        level = same.choice(DEFAULT_LADDER)
        department, manager = f"Department {same.randrange(30)}", f"U{number // 8:06}" if number else ""
        if seed != 1 and other.random() < 0.1:
            level = other.choice(DEFAULT_LADDER)
        yield f"U{number:06}", f"Person {number}", level, department, manager


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.people", description="Reading a company from a file."
    )
    parser.add_argument("--people", type=int, default=100_000, help="lines in the file (100000)")
    parser.add_argument("--members", type=int, default=10_000, help="how many of them take part (10000)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database instead of SQLite's")
    return parser


if __name__ == "__main__":
    sys.exit(main())
