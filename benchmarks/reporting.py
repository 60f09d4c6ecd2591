"""`python -m benchmarks.reporting`: how long it takes to make a report on a large cycle, and to show one.

Making it happens once, when a cycle ends, outside of any change; showing it happens when a lead asks.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert

from benchmarks.memory import forget_peak, peak_mb
from handlers.views.reporting import reported
from mentoring.cadence import Weekly
from mentoring.cycles import CycleState, cycle_times
from mentoring.programs import Calendar, CheckedProgram, RuleSettings
from program import reporting
from program.context import Context
from storage import cycles, programs
from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema

PEOPLE, PAIRS, WEEKS, TIMES = 100_000, 40_000, 6, 9
BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT_ONCE = 5_000
LEAD, WORKSPACE = "ULEAD", "T1"
CALENDAR = Calendar("Europe/Lisbon", 12, BEGAN.date(), Weekly(1, 600), Weekly(3, 600))
SETTINGS = CheckedProgram("Large", (LEAD,), "CLEADS", CALENDAR, RuleSettings())


def seed(tx: Tx, people: int, pairs: int) -> int:
    """A cycle that has ended, with everybody in it; gives its id."""
    program = programs.create(tx, WORKSPACE, SETTINGS)
    assert program is not None
    cycle = cycles.open_once(tx, program.id, cycle_times(CALENDAR, 1))
    _add(tx, t.people, (_person(number) for number in range(people)))
    _add(tx, t.members, (_member(number, program.id) for number in range(people)))
    _add(tx, t.pairs, (_pair(number, program.id, cycle.id) for number in range(1, pairs + 1)))
    _add(tx, t.checkins, (one for number in range(1, pairs + 1) for one in _checkins(number)))
    tx.execute(t.cycles.update().values(state=CycleState.CLOSED.value))
    return cycle.id


def _add(tx: Tx, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        tx.execute(insert(table), some)


def _person(number: int) -> dict[str, Any]:
    facts = {"admin": False, "deactivated": False, "guest": False, "bot": False, "stranger": False}
    return {"workspace": WORKSPACE, "id": f"U{number}", "name": f"Person {number}", "seen_at": BEGAN, **facts}


def _member(number: int, program_id: int) -> dict[str, Any]:
    skills = [f"Skill {(number * step) % 200}" for step in (1, 3, 7)]
    return {
        "program_id": program_id,
        "person_id": f"U{number}",
        "workspace": WORKSPACE,
        "standing": "active",
        "joined_at": BEGAN - timedelta(days=number % 700),
        "active_since": BEGAN,
        "role": "both",
        "shares": skills[:2],
        "wants": skills[1:],
        "level": 1 + number % 8,
        "department": f"Unit {number % 60}",
        "languages": ["English"],
        "starts": 540,
        "ends": 1020,
        "avoid": [],
        "mentor_capacity": 1,
        "mentee_capacity": 1,
    }


def _pair(number: int, program_id: int, cycle_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "program_id": program_id,
        "cycle_id": cycle_id,
        "score": 1,
        "reasons": [],
        "topics": [],
        "mentor_id": f"U{2 * number - 2}",
        "mentee_id": f"U{2 * number - 1}",
        "note": "",
        "state": "ended" if number % 20 == 0 else "finished",
        "introduced_at": BEGAN,
    }


def _checkins(number: int) -> Iterator[dict[str, Any]]:
    for week in range(WEEKS):
        for side in (2 * number - 2, 2 * number - 1):
            answer = "met" if (number + week + side) % 3 == 0 else "not-yet"
            said = {"week": f"2026-W{week:02}", "state": "answered", "answer": answer}
            yield {"pair_id": number, "person_id": f"U{side}", **said}


def measured(work: Callable[[], object], times: int) -> tuple[float, float, float]:
    """The median and the largest of so many times in seconds, and by how many MB memory peaked after the first."""
    work()
    forget_peak()
    before, found = peak_mb(), []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found), max(found), peak_mb() - before


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for making and one for showing."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reporting", description="How long reports on a large cycle take."
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="who takes part (100,000)")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs in the cycle (40,000)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-report-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'large.db'}")
        schema.upgrade(database)
        with database.write() as tx:
            cycle_id = seed(tx, options.people, options.pairs)
        with database.read() as tx:
            cycle = cycles.get(tx, cycle_id)
        ctx = Context(database, lambda: datetime.now(UTC))
        _told("make it", lambda: reporting.made(ctx, cycle), 3)
        reporting.make_missing(ctx)
        _told("show it", lambda: reported(reporting.look(ctx, WORKSPACE, LEAD), blocks=True), TIMES)
        database.close()
    return 0


def _told(what: str, work: Callable[[], object], times: int) -> None:
    median, largest, grown = measured(work, times)
    print(
        f"{what}: median {1000 * median:,.0f} ms, at most {1000 * largest:,.0f} ms; memory {grown:+,.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
