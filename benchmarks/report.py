"""Reports: the table for the terminal and for docs/benchmarks.md, and the JSON file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks import markdown
from benchmarks.contender import BARE, Contender
from benchmarks.figures import Spread, short
from benchmarks.machine import computer
from benchmarks.markdown import Marks
from benchmarks.plan import Plan
from benchmarks.results import Line

MARKS = Marks("<!-- table: written by `python -m benchmarks --write` -->", "<!-- end of table -->")
LIBRARIES = ("slack-bolt", "slack-sdk", "SQLAlchemy")


def machine() -> dict[str, str]:
    """What the numbers were measured on, without anything that tells whose machine it is."""
    return {**computer(), "SQLite": sqlite3.sqlite_version, **{name: version(name) for name in LIBRARIES}}


def table(lines: Sequence[Line], enrolled: Sequence[int]) -> str:
    """A Markdown table that can be read as it is."""
    bots = [Contender(number) for number in enrolled]
    heads = ["", "bare app", *(f"bot, {number:,}" for number in enrolled)]
    heads += [*(f"{number:,} ÷ bare" for number in enrolled), f"{enrolled[-1]:,} ÷ {enrolled[0]:,}"]
    rows = [heads]
    for of, group in groupby(lines, key=lambda line: line.of):
        rows.append([f"**{of}**", *[""] * (len(heads) - 1)])
        rows += [_cells(line, bots) for line in group]
    return markdown.table(rows)


def _cells(line: Line, bots: Sequence[Contender]) -> list[str]:
    values = [f"{short(line.value(one))} {line.unit}" for one in (BARE, *bots)]
    ratios = [_times(line.beside(bot, BARE)) for bot in bots]
    return [line.name, *values, *ratios, _times(line.beside(bots[-1], bots[0]))]


def _times(ratio: Spread) -> str:
    return f"{ratio.median:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


def section(lines: Sequence[Line], plan: Plan) -> str:
    """The part of docs/benchmarks.md that a run writes: the machine and the table."""
    facts = "; ".join(f"{name} {value}" for name, value in machine().items())
    turns = plan.passes * plan.rounds
    how = (
        f"Medians of {turns} turns of {plan.singles} acts one by one and {plan.crowd} acts by {plan.threads} people "
        f"at once, and of {plan.starts} starts. In parentheses the smallest and the largest ratio of a turn."
    )
    return f"Measured on: {facts}.\n\n{how}\n\n{table(lines, plan.enrolled)}"


def write_json(path: Path, lines: Sequence[Line], plan: Plan) -> None:
    """Write everything that was measured, turn by turn."""
    found = {"machine": machine(), "plan": asdict(plan), "lines": [_json(line, plan) for line in lines]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _json(line: Line, plan: Plan) -> dict[str, Any]:
    bots = [Contender(number) for number in plan.enrolled]
    return {
        "of": line.of,
        "name": line.name,
        "unit": line.unit,
        "more_is_better": line.more_is_better,
        "samples": {who.name: list(samples) for who, samples in line.samples.items()},
        "beside_bare": {bot.name: asdict(line.beside(bot, BARE)) for bot in bots},
        "flatness": asdict(line.beside(bots[-1], bots[0])),
    }
