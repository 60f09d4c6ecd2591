"""`python -m benchmarks.matching`: measure the matching and what others make of the same people, and print tables."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.markdown import write_section
from benchmarks.matching import again, command, ours, peers, plot, report
from benchmarks.matching.organization import VARIANTS, organization
from benchmarks.matching.report import Measured
from benchmarks.memory import PROC
from benchmarks.process import ROOT

SIZES = (50, 100, 200, 500, 1_000, 5_000, 10_000, 20_000, 50_000, 100_000)
DOCUMENT = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "images" / "matching.svg"
JSON = ROOT / "build" / "matching.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; gives 0 when they ran, whatever they found, and 1 when the others could not run."""
    options = _parser().parse_args(arguments)
    if not (PROC / "self" / "status").exists():
        _say("Memory is read from /proc, which this system does not have. Run this on Linux.")
        return 1
    began = time.monotonic()
    try:
        found = measure(options.most, with_peers=options.peers)
    except peers.PeerFailed as problem:
        _say(str(problem))
        return 1
    text = report.section(found, PICTURE.relative_to(DOCUMENT.parent).as_posix())
    print(text)
    write_json(options.json, found)
    if options.write:
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(plot.svg(report.series(found)), encoding="utf-8")
        write_section(DOCUMENT, report.MARKS, text)
    _say(f"done in {time.monotonic() - began:.0f} seconds")
    return 0


def measure(most: int, *, with_peers: bool = True) -> Measured:
    """Measure everything with up to `most` people."""
    compared = peers.compare([size for size in peers.SIZES if size <= most], _say) if with_peers else []
    runs = {variant: [_run(size, variant) for size in SIZES if size <= most] for variant in VARIANTS}
    whole = [
        _command(run, variant)
        for size in command.SIZES
        for variant, some in runs.items()
        for run in some
        if run.people == size
    ]
    solved_again = again.measure(organization(again.PEOPLE)) if most >= again.PEOPLE else []
    return Measured(runs, whole, compared, solved_again)


def _run(size: int, variant: str) -> ours.Run:
    run, _ = ours.measured(organization(size, **VARIANTS[variant]))
    _say(f"{size:,} people, {variant}: {run.total:.2f} s, {run.ratio:,.0f} REF, {run.peak:,.0f} MB")
    return run


def _command(run: ours.Run, variant: str) -> command.Whole:
    whole = command.measure(organization(run.people, **VARIANTS[variant]), variant, run)
    _say(f"{run.people:,} people, {variant}, as a command: {whole.seconds:.2f} s")
    return whole


def write_json(path: Path, found: Measured) -> None:
    """Write everything that was measured."""
    data = {
        "machine": report.machine(),
        "others": peers.REQUIREMENTS,
        "runs": [{"variant": variant, **asdict(run)} for variant, runs in found.runs.items() for run in runs],
        "commands": [asdict(one) for one in found.commands],
        "peers": [asdict(peer) for peer in found.peers],
        "again": [asdict(one) for one in found.again],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.matching", description="The matching, beside others on the same people."
    )
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most people to match (100,000)")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="leave the others out")
    parser.add_argument("--write", action="store_true", help="put tables and plot into docs/")
    parser.add_argument("--json", type=Path, default=JSON, help="where the numbers go (build/matching.json)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
