"""Reports: the table for the terminal and for docs/reliability.md, and what was measured as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks import markdown
from benchmarks.machine import computer
from benchmarks.markdown import Marks
from tests.soak.measured import Bar, Measured

MARKS = Marks("<!-- table: written by `python -m tests.soak --write` -->", "<!-- end of table -->")


@dataclass(frozen=True, slots=True)
class Line:
    """One bar and what came of it, or nothing where it was not run."""

    bar: Bar
    measured: Measured | None
    seed: int
    seconds: float

    @property
    def verdict(self) -> str:
        """In one word or two."""
        if self.measured is None or self.measured.left_out:
            return "not run"
        return "not met" if self.measured.flaws else "met"


def table(lines: Sequence[Line]) -> str:
    """A Markdown table of all bars."""
    heads = ["", "Asked", "N", "Measured", "", "Seed", "Seconds"]
    return markdown.table([heads, *map(_cells, lines)], left=5)


def _cells(line: Line) -> list[str]:
    found = line.measured
    if found is None:
        return [line.bar.id, line.bar.asks, "", "", line.verdict, "", ""]
    if found.left_out:
        return [line.bar.id, line.bar.asks, "", found.left_out, line.verdict, "", ""]
    words = found.figures
    if found.flaws:
        words += f" ({len(found.flaws)} flaws)" if len(found.flaws) > SHOWN else ""
    return [
        line.bar.id,
        line.bar.asks,
        found.number,
        words,
        f"**{line.verdict}**" if found.flaws else line.verdict,
        str(line.seed),
        f"{line.seconds:.0f}",
    ]


SHOWN = 3


def section(lines: Sequence[Line], day: date) -> str:
    """The part of docs/reliability.md that a run writes."""
    facts = "; ".join(f"{name} {value}" for name, value in computer().items())
    took = sum(line.seconds for line in lines)
    return f"Measured on {day}; {facts}; {took / 60:.0f} minutes in all.\n\n{table(lines)}"


def write_json(path: Path, lines: Sequence[Line]) -> None:
    """Keep what was measured, so that bars which are run one by one make one table."""
    known = read_json(path)
    for line in lines:
        if line.measured is not None:
            known[line.bar.id] = {
                "measured": asdict(line.measured),
                "seed": line.seed,
                "seconds": line.seconds,
            }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, dict[str, object]]:
    """What earlier runs measured, by bar."""
    found: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
