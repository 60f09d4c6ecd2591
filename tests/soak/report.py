"""Reports: the table for the terminal and for docs/reliability.md, and what was measured as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
    day: str = ""

    @property
    def verdict(self) -> str:
        """In one word or two."""
        if self.measured is None or self.measured.left_out:
            return "not run"
        return "not met" if self.measured.flaws else "met"


def table(lines: Sequence[Line]) -> str:
    """A Markdown table of all bars."""
    return _table([_cells(line) for line in lines])


def _table(rows: Sequence[Sequence[str]]) -> str:
    return markdown.table([HEADS, *rows], left=5)


HEADS = ["", "Asked", "N", "Measured", "", "Seed", "Seconds", "Day"]


def _cells(line: Line) -> list[str]:
    found = line.measured
    if found is None:
        return [line.bar.id, line.bar.asks, "", "", line.verdict, "", "", ""]
    if found.left_out:
        return [line.bar.id, line.bar.asks, "", found.left_out, line.verdict, "", "", ""]
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
        line.day,
    ]


SHOWN = 3


def section(lines: Sequence[Line], before: Mapping[str, Sequence[str]]) -> str:
    """The part of docs/reliability.md that a run writes; of what nobody has measured anew, the row `before` stays."""
    facts = "; ".join(f"{name} {value}" for name, value in computer().items())
    rows = [
        [line.bar.id, line.bar.asks, *before[line.bar.id][2:]]
        if line.measured is None and line.bar.id in before
        else _cells(line)
        for line in lines
    ]
    took = sum(float(row[6] or 0) for row in rows)
    return f"Measured on {facts}; {took / 60:.0f} minutes in all.\n\n{_table(rows)}"


def rows_of(text: str) -> dict[str, list[str]]:
    """The rows that a document has, by bar."""
    _, _, rest = text.partition(MARKS.begin)
    lines = [line for line in rest.partition(MARKS.end)[0].splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip()[1:-1].split(" | ")] for line in lines[2:]]
    return {row[0]: row for row in rows if len(row) == len(HEADS)}


def write_json(path: Path, lines: Sequence[Line], day: date) -> None:
    """Keep what was measured, so that bars which are run one by one make one table."""
    known = read_json(path)
    for line in lines:
        if line.measured is not None:
            known[line.bar.id] = {
                "measured": asdict(line.measured),
                "seed": line.seed,
                "seconds": line.seconds,
                "day": str(day),
            }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, dict[str, object]]:
    """What earlier runs measured, by bar."""
    found: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
