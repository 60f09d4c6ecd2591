"""`python -m benchmarks`: measure the bot beside a bare Bolt app, and print the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import contender, load, report, results, starting
from benchmarks.markdown import write_section
from benchmarks.memory import PROC
from benchmarks.plan import FULL, QUICK, Plan
from benchmarks.process import ROOT, AppFailed
from benchmarks.results import Line

DOCUMENT = ROOT / "docs" / "benchmarks.md"
JSON = ROOT / "build" / "benchmarks.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; gives 0 when they ran, whatever they found, and 1 when an app failed."""
    options = _parser().parse_args(arguments)
    if not (PROC / "self" / "status").exists():
        _say(
            "Memory and processor time are read from /proc, which this system does not have. Run this on Linux."
        )
        return 1
    plan = QUICK if options.quick else FULL
    began = time.monotonic()
    try:
        lines = measure(plan)
    except AppFailed as problem:
        _say(str(problem))
        return 1
    print(report.section(lines, plan))
    report.write_json(options.json, lines, plan)
    if options.write:
        write_section(DOCUMENT, report.MARKS, report.section(lines, plan))
    _say(f"done in {time.monotonic() - began:.0f} seconds")
    return 0


def measure(plan: Plan) -> list[Line]:
    """Measure everything that a plan asks for."""
    contenders = results.contenders(plan.enrolled)
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-benchmarks-") as folder:
        _say("seeding the databases")
        props = contender.prepare(Path(folder), plan.enrolled, plan.acts)
        started = starting.measure(props, contenders, plan.starts, _say)
        return results.lines(started, load.play(props, contenders, plan, _say))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="The bot beside a bare Bolt app."
    )
    parser.add_argument("--quick", action="store_true", help="a minute's worth, for a first look")
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {DOCUMENT.relative_to(ROOT)}"
    )
    parser.add_argument("--json", type=Path, default=JSON, help=f"default {JSON.relative_to(ROOT)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
