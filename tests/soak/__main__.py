"""`python -m tests.soak`: what befalls the bot in a bad year, in minutes; prints a table of what came of it."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.markdown import write_section
from tests import any_day
from tests.house.sources import ROOT
from tests.soak import report
from tests.soak.bars import BARS, COUNTS
from tests.soak.measured import Bar, Measured, Plan
from tests.soak.report import Line

DOCUMENT = ROOT / "docs" / "reliability.md"
JSON = ROOT / "build" / "soak.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run bars; gives 0 when every one that was run is met, and 1 otherwise."""
    options = _parser().parse_args(arguments)
    # A process that is killed does not wait for what it asked, and the stand-in's server would say so each time.
    logging.getLogger("uvicorn.error").addFilter(lambda _record: False)
    lines = [_line(bar, options) for bar in _chosen(options)]
    print(report.table(lines))
    report.write_json(options.json, lines, any_day.now().date())
    if options.write:
        before = report.rows_of(DOCUMENT.read_text("utf-8"))
        write_section(DOCUMENT, report.MARKS, report.section(_all(options.json), before))
    return int(any(line.verdict == "not met" for line in lines))


def _chosen(options: argparse.Namespace) -> list[Bar]:
    if options.only:
        wanted = [name.upper() for name in options.only]
        return [bar for bar in BARS if bar.id.upper() in wanted]
    return [bar for bar in BARS if bar.in_short or not options.short]


def _line(bar: Bar, options: argparse.Namespace) -> Line:
    usual = bar.short if options.short else bar.long
    given = {name: getattr(options, name) for name in usual}
    counts = {name: usual[name] if value is None else value for name, value in given.items()}
    _say(f"{bar.id}: {bar.asks}")
    began = time.monotonic()
    plan = Plan(counts, options.seed, options.jobs, lambda words: _say(f"{bar.id}: {words}"))
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    measured = _measure(bar, plan)
    if bar.id.startswith("L") and busy > 1 and measured.number:
        measured = replace(
            measured, number=f"{measured.number}, others kept each core busy {busy:.0f} times over"
        )
    line = Line(bar, measured, options.seed, time.monotonic() - began)
    _say(f"{bar.id}: {line.verdict}. {measured.number}. {measured.figures}")
    for flaw in measured.flaws[: options.flaws]:
        _say(f"{bar.id}: {flaw}")
    return line


def _measure(bar: Bar, plan: Plan) -> Measured:
    """Run one bar; what ends in an error is not met, and the others are run all the same."""
    try:
        return bar.run(plan)
    except Exception as problem:
        logging.getLogger(__name__).exception("%s ended in an error", bar.id)
        return Measured("", f"ended with {type(problem).__name__}", (f"{problem}",))


def _all(path: Path) -> list[Line]:
    """Every bar with what was last measured of it."""
    known: dict[str, Any] = report.read_json(path)
    lines = []
    for bar in BARS:
        kept = known.get(bar.id)
        if kept is None:
            lines.append(Line(bar, None, 0, 0.0))
        else:
            found = Measured(**kept["measured"])
            found = replace(found, flaws=tuple(found.flaws))
            lines.append(Line(bar, found, kept["seed"], kept["seconds"], kept["day"]))
    return lines


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak", description="What befalls the bot in a bad year."
    )
    parser.add_argument("--only", nargs="+", metavar="BAR", help="these bars, such as D1 D2")
    parser.add_argument("--short", action="store_true", help="a minute's worth, as in .ci/run")
    parser.add_argument("--seed", type=int, default=1, help="what everything is drawn from (default 1)")
    parser.add_argument("--jobs", type=int, default=1, help="so many rounds at once where that is possible")
    parser.add_argument("--flaws", type=int, default=10, help="show so many flaws of each bar (default 10)")
    parser.add_argument(
        "--write", action="store_true", help=f"put what was last measured into {DOCUMENT.relative_to(ROOT)}"
    )
    parser.add_argument("--json", type=Path, default=JSON, help=f"default {JSON.relative_to(ROOT)}")
    for name, words in COUNTS.items():
        parser.add_argument(f"--{name}", type=int, help=words)
    return parser


if __name__ == "__main__":
    sys.exit(main())
