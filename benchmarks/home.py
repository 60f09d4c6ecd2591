"""How long a lead's Home takes in a large program: `python -m benchmarks.home` prints the median and what it reads.

A program in the middle of its first cycle is stored in a file, with answers of some weeks. One pair in ten has not met,
one in twenty does not answer, one in 25 has not signed, and one person in a hundred takes a break. Home is then read
and made into blocks, again and again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, Table, delete, event, update

from benchmarks.memory import forget_peak, peak_mb
from benchmarks.seed import BATCH, Cast, fill
from handlers.views.home import home_view
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import CycleState
from mentoring.pairings import PairState
from mentoring.people import Person, Standing
from program import home
from program.context import Context
from storage import tables as t
from storage.database import Database, Tx

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
WORKSPACE, CHANNEL = "T1", "CLEADS"
LEAD = Person("ULEAD", "Lea Example", "UTC")
WEEK = timedelta(weeks=1)
AGE = 3 * WEEK
HAS_NOT_MET, IS_SILENT, HAS_NOT_SIGNED = 10, 20, 25
"""One pair in so many."""

RESTS = 100
"""One person in so many."""


@dataclass(frozen=True, slots=True)
class Result:
    """Milliseconds in the middle and at most, how many statements Home sends, and the peak memory in MB beside it."""

    median_ms: float
    slowest_ms: float
    statements: int
    before_mb: float
    peak_mb: float


def measure(folder: Path, members: int, pairs: int, weeks: int, runs: int) -> Result:
    """Store a program with so many people, pairs and weeks of answers, and look at its lead's Home so often."""
    database = Database(f"sqlite:///{folder / 'home.db'}")
    try:
        _stored(database, members, pairs, weeks)
        ctx = Context(database, lambda: NOW + AGE)
        before, took, sent = peak_mb(), [], 0
        forget_peak()
        for _ in range(runs):
            with _counted() as statements:
                began = time.perf_counter()
                home_view(home.home(ctx, WORKSPACE, LEAD))
                took.append((time.perf_counter() - began) * 1000)
            sent = len(statements)
        return Result(median(took), max(took), sent, before, peak_mb())
    finally:
        database.close()


@contextmanager
def _counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(*about: object) -> None:
        sent.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _stored(database: Database, members: int, pairs: int, weeks: int) -> None:
    fill(database, NOW, Cast(WORKSPACE, (LEAD,), (), ()), CHANNEL, members, 0)
    row = t.pairs.c
    with database.write() as tx:
        tx.execute(delete(t.pairs).where(row.id > pairs))
        running = {"state": PairState.INTRODUCED.value, "introduced_at": NOW, "channel": "G1"}
        tx.execute(update(t.pairs).values(running))
        tx.execute(update(t.cycles).values(state=CycleState.RUNNING.value, intro_at=NOW))
        people = tx.execute(t.pairs.select().with_only_columns(row.id, row.mentor_id, row.mentee_id)).all()
        _insert(tx, t.tidings, (_said(number) for number, *_ in people if number % IS_SILENT))
        _insert(tx, t.checkins, _questions([tuple(one) for one in people], weeks))
        _insert(tx, t.pacts, ({"pair_id": number, "asked_at": NOW} for number, *_ in people))
        signed = ((number, one) for number, *both in people if number % HAS_NOT_SIGNED for one in both)
        _insert(
            tx, t.agreements, ({"pair_id": pair, "person_id": one, "signed_at": NOW} for pair, one in signed)
        )
        away = t.members.c.person_id.like(f"%{str(RESTS)[1:]}")
        tx.execute(update(t.members).where(away).values(standing=Standing.PAUSED.value))


def _said(pair_id: int) -> dict[str, Any]:
    met = bool(pair_id % HAS_NOT_MET)
    answer = Answer.MET if met else Answer.NOT_YET
    told = {"pair_id": pair_id, "met_at": NOW + WEEK if met else None, "answer": answer.value}
    return told | {"heard_at": NOW + AGE - timedelta(days=3), "not_held_by": None, "planned_at": None}


def _questions(people: list[tuple[Any, ...]], weeks: int) -> Iterator[dict[str, Any]]:
    for week in range(weeks):
        asked_at = NOW + week * WEEK
        for number, *both in people:
            silent = number % IS_SILENT == 0
            state = CheckInState.SILENT if silent else CheckInState.ANSWERED
            answer = None if silent else Answer.MET.value if number % HAS_NOT_MET else Answer.NOT_YET.value
            for person_id in both:
                yield {
                    "pair_id": number,
                    "person_id": person_id,
                    "week": f"2027-W{10 + week}",
                    "state": state.value,
                    "asked_at": asked_at,
                    "answer": answer,
                    "answered_at": None if silent else asked_at,
                }


def _insert(tx: Tx, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        tx.execute(table.insert(), batch)


def main() -> None:
    """Measure, and print one line."""
    parser = argparse.ArgumentParser(description="Measure Home and the digest of a large program.")
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=40_000)
    parser.add_argument("--weeks", type=int, default=3)
    parser.add_argument("--runs", type=int, default=15)
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measure(Path(folder), wanted.members, wanted.pairs, wanted.weeks, wanted.runs)
    print(
        f"{wanted.members} members, {wanted.pairs} pairs: median {found.median_ms:.0f} ms, "
        f"slowest {found.slowest_ms:.0f} ms, {found.statements} statements, "
        f"peak {found.peak_mb:.0f} MB ({found.before_mb:.0f} MB before)"
    )


if __name__ == "__main__":
    main()
