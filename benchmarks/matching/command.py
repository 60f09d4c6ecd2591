"""The command `match` as a lead runs it: from a file of people to files of pairs and of people left out."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import middle_run
from benchmarks.matching.ours import Run
from benchmarks.process import ROOT
from mentoring.matching import Participant, Problem
from mentoring.spreadsheets.people import COLUMNS

SIZES = (500, 10_000, 100_000)


class Different(Exception):
    """The command came to another number of pairs than the matching of the same people in memory."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole run: the seconds of processor time of its process, all in all, and those of a plain pass (REF)."""

    people: int
    variant: str
    seconds: float
    reference: float


def measure(problem: Problem, variant: str, run: Run) -> Whole:
    """Give the command the people of a problem, whose matching in memory was `run`; the run of median length."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-command-") as name:
        folder = Path(name)
        _write(folder / "people.csv", problem)
        seconds = middle_run(lambda: _timed(folder, problem), lambda one: one)
        with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
            pairs = sum(1 for _ in csv.DictReader(file))
    if pairs != run.pairs:
        raise Different(f"{pairs:,} pairs instead of {run.pairs:,}")
    return Whole(run.people, variant, seconds, run.reference)


def _timed(folder: Path, problem: Problem) -> float:
    """Run the command in a folder, and give its seconds of processor time."""
    results = ["--out", "pairs.csv", "--left-out", "left.csv", "--on", problem.on.isoformat()]
    before = _used()
    subprocess.run(
        [sys.executable, "-m", "bot", "match", "people.csv", *results],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return _used() - before


def _used() -> float:
    """Give the processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write(path: Path, problem: Problem) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS.known)
        writer.writeheader()
        writer.writerows(map(_row, problem.people))


def _row(person: Participant) -> dict[str, object]:
    """Return a person's cells by column; what is not there means the default."""
    roles = {(True, True): "both", (True, False): "mentor", (False, True): "mentee"}
    role = roles.get((person.mentor, person.mentee))
    return {
        "id": person.id,
        "name": f"Name of {person.id}",
        "role": role,
        "level": person.level,
        "department": person.department,
        "manager_id": person.manager_id,
        "time_zone": person.time_zone,
        "hours": "09:00-17:00",
        "shares": ";".join(person.shares),
        "wants": ";".join(person.wants),
        "mentor_capacity": person.mentor_capacity,
        "mentee_capacity": person.mentee_capacity,
        "waiting_cycles": person.waiting_cycles,
        "active": "yes" if role else "no",
    }
