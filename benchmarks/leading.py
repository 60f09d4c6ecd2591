"""`python -m benchmarks.leading`: how long a lead waits for a list of swaps and for what-if, in a large program.

An organization is stored as members of a program in a file, and matched. Then the use cases are called as a tap of a
lead does: the people are read, and the lists computed, each time.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, insert, select

from benchmarks.matching.organization import ALL_FIT, VARIANTS, organization
from mentoring.matching import Participant
from mentoring.pairings import PairState
from mentoring.people import Person, Role, Standing
from mentoring.programs import ProgramDraft
from program import by_hand, cycles, programs, rules
from program.context import Context
from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
WORKSPACE, CHANNEL = "T1", "CLEADS"
LEAD = Person("ULEAD", "Lea Example", "UTC", admin=True)
PEOPLE, RUNS = 10_000, 9
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Waited:
    """Median seconds that passed and that the processor worked, and the most of these, of some calls."""

    passed: float
    worked: float
    at_most: float

    def __str__(self) -> str:
        """All of them, for a line."""
        return f"{self.worked:.2f} s CPU (at most {self.at_most:.2f}), {self.passed:.2f} s passed"


def stored(database: Database, people: Sequence[Participant]) -> Context:
    """Store these people as members of a program whose pairs wait for a decision."""
    schema.upgrade(database)
    ctx = Context(database, lambda: NOW)
    start = (NOW.date() + timedelta(days=9)).isoformat()
    draft = ProgramDraft(name="Large", leads=(LEAD.id,), leads_channel=CHANNEL, first_start=start)
    program = programs.set_up(ctx, WORKSPACE, LEAD, draft)
    with database.write() as tx:
        _add(tx, t.people, (_person(one) for one in people))
        _add(tx, t.members, (_member(one, program.id) for one in people))
    cycles.match_now(ctx, WORKSPACE, LEAD.id)
    return ctx


def _add(tx: Tx, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        tx.execute(insert(table), some)


def _person(one: Participant) -> dict[str, Any]:
    facts = dict.fromkeys(("admin", "deactivated", "guest", "bot", "stranger"), False)
    who = {"workspace": WORKSPACE, "id": one.id, "name": f"Person {one.id}", "time_zone": one.time_zone}
    return who | {"seen_at": NOW} | facts


def _member(one: Participant, program_id: int) -> dict[str, Any]:
    role = Role.BOTH if one.mentor == one.mentee else Role.SHARE if one.mentor else Role.LEARN
    return {
        "program_id": program_id,
        "person_id": one.id,
        "workspace": WORKSPACE,
        "standing": (Standing.ACTIVE if one.mentor or one.mentee else Standing.PAUSED).value,
        "joined_at": NOW,
        "active_since": NOW,
        "role": role.value,
        "shares": list(one.shares),
        "wants": list(one.wants),
        "level": one.level,
        "department": one.department,
        "languages": ["English"],
        "starts": one.hours[0],
        "ends": one.hours[1],
        "manager_id": one.manager_id,
        "avoid": [],
        "mentor_capacity": one.mentor_capacity,
        "mentee_capacity": one.mentee_capacity,
    }


def swaps(ctx: Context, runs: int) -> tuple[float, Waited]:
    """List the swaps of so many pairs: the seconds of the processor for the very first, and the others."""
    with ctx.database.read() as tx:
        waiting = select(t.pairs.c.id).where(t.pairs.c.state == PairState.PROPOSED).order_by(t.pairs.c.id)
        numbers = list(tx.execute(waiting).scalars())
    some = iter(numbers[:: max(1, len(numbers) // (runs + 1))])
    first = _waited(lambda: by_hand.offered(ctx, WORKSPACE, LEAD.id, next(some)), 1)
    return first.worked, _waited(lambda: by_hand.offered(ctx, WORKSPACE, LEAD.id, next(some)), runs)


def what_if(ctx: Context, runs: int) -> Waited:
    """Ask what stricter rules would come to, so often."""
    stricter = replace(
        rules.sheet(ctx, WORKSPACE, LEAD),
        min_gap="2",
        max_gap="4",
        min_overlap="240",
        other_department_only="on",
    )
    return _waited(lambda: rules.what_if(ctx, WORKSPACE, LEAD, stricter), runs)


def _waited(work: Callable[[], object], runs: int) -> Waited:
    passed, worked = [], []
    for _ in range(runs):
        began, busy = time.perf_counter(), time.process_time()
        work()
        passed.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    return Waited(statistics.median(passed), statistics.median(worked), max(worked))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what leads of each kind of organization wait for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.leading", description="How long leads wait for swaps and what-if."
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people there are (10,000)")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each is asked for (9)")
    options = parser.parse_args(arguments)
    for name, variant in (VARIANTS | ALL_FIT).items():
        with TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/leads.db")) as database:
            ctx = stored(database, organization(options.people, **variant).people)
            first, others = swaps(ctx, options.runs)
            print(f"{options.people:,} people, {name}")
            print(f"  swaps: {others}; the first {first:.2f} s CPU")
            print(f"  what-if: {what_if(ctx, options.runs)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
