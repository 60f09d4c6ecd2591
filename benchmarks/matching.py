"""How long the matching takes, size by size, and what others make of the same people.

    python -m benchmarks.matching [--sizes 50,500,5000] [--peers] [--out build/matching.json]

Every run is a process of its own, so that its peak memory is its own. REF is one plain pass over all pairs of a
mentee and a mentor, an addition and a comparison each, measured in the same process: times are given in it too,
because it changes with the machine as they do.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.organization import FEW_SKILLS, SKILLS, TIGHT, organization

SIZES = (50, 500, 5_000, 20_000, 50_000, 100_000)
VARIANTS: dict[str, dict[str, Any]] = {
    "loose": {"skills": SKILLS, "mentors": 1.0},
    "tight": {"skills": SKILLS, "mentors": TIGHT},
    "few skills": {"skills": FEW_SKILLS, "mentors": 1.0},
}
_BLOCK = 16_384
_LINE = "{:>8} {:<11} {:>8} {:>11} {:>7} {:>12} {:>8} {:>6} {:>6} {:>8} {:>8} {:>7}"
_HEADINGS = (
    "people", "variant", "total s", "candidates", "solve", "certificate", "other", "REF s", "x REF", "rounds",
    "served", "MB",
)  # fmt: skip


def main() -> None:
    """Measure what the arguments ask for, print a table and write the numbers."""
    options = _options()
    if options.one:
        print(json.dumps(measure(*options.one.split(":", 1))))
        return
    print(_LINE.format(*_HEADINGS))
    runs = []
    for size in options.sizes:
        for variant in options.variants:
            runs.append(_in_its_own_process(f"{size}:{variant}"))
            print(_row(runs[-1]), flush=True)
    if options.peers:
        from benchmarks import matching_peers

        runs += matching_peers.measure_all(options.sizes)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(runs, indent=2) + "\n", encoding="utf-8")


def measure(size: str, variant: str) -> dict[str, Any]:
    """Solve one problem and return its times in seconds, its peak memory in MB and what was reached."""
    from mentoring.matching import flow, prices, pruned, solve, sweep

    problem = organization(int(size), **VARIANTS[variant])
    clock = _Clock()
    for module, name, part in (
        (sweep, "best", "candidates"),
        (flow, "least_cost", "solve"),
        (pruned, "least_cost", "solve"),
        (prices, "node_prices", "certificate"),
        (pruned, "node_prices", "certificate"),
        (sweep, "beating", "certificate"),
    ):
        clock.watch(module, name, part)
    began = time.perf_counter()
    solution = solve(problem)
    total = time.perf_counter() - began
    proof = solution.proof
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    mentors = sum(person.mentor for person in problem.people)
    reference = one_plain_pass(mentors, sum(person.mentee for person in problem.people))
    return {
        "people": int(size),
        "variant": variant,
        "total": total,
        **{part: clock.spent.get(part, 0.0) for part in ("candidates", "solve", "certificate")},
        "other": total - sum(clock.spent.values()),
        "ref": reference,
        "ratio": total / reference,
        "rounds": proof.rounds,
        "optimal": proof.optimal,
        "served": proof.served,
        "pairs": proof.pairs,
        "score": proof.score,
        "peak": peak,
    }


def one_plain_pass(mentors: int, mentees: int) -> float:
    """Return the seconds that an addition and a comparison take for all pairs, in blocks that fit the cache."""
    import numpy as np

    draw = np.random.default_rng(1)
    one, other = draw.random(mentors, np.float32), draw.random(mentees, np.float32).tolist()
    sums, found = np.empty(_BLOCK, np.float32), np.empty(_BLOCK, np.bool_)
    began = time.perf_counter()
    for start in range(0, mentors, _BLOCK):
        block = one[start : start + _BLOCK]
        size = len(block)
        for value in other:
            np.greater(np.add(block, np.float32(value), out=sums[:size]), 1.9, out=found[:size])
    return time.perf_counter() - began


class _Clock:
    """Adds up how long functions take; one that another watched one calls counts with that one alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inside = False

    def watch(self, module: Any, name: str, part: str) -> None:
        function = getattr(module, name)

        def timed(*args: Any, **options: Any) -> Any:
            if self._inside:
                return function(*args, **options)
            self._inside, began = True, time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self._inside = False
                self.spent[part] = self.spent.get(part, 0.0) + time.perf_counter() - began

        setattr(module, name, timed)


def _row(run: dict[str, Any]) -> str:
    parts = [f"{run[part]:.2f}" for part in ("candidates", "solve", "certificate", "other")]
    return _LINE.format(
        f"{run['people']:,}",
        run["variant"],
        f"{run['total']:.2f}",
        *parts,
        f"{run['ref']:.3f}",
        f"{run['ratio']:.0f}",
        run["rounds"],
        f"{run['served']:,}",
        f"{run['peak']:.0f}",
    )


def _in_its_own_process(which: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.matching", "--one", which]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the matching.")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=SIZES)
    parser.add_argument("--variants", type=lambda text: text.split(","), default=list(VARIANTS))
    parser.add_argument("--peers", action="store_true", help="measure others on the same people too")
    parser.add_argument("--out", type=Path, default=Path("build/matching.json"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
