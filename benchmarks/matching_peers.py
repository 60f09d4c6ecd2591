"""What other methods make of the same people: time, people served, pairs, share of the score, rules broken."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.organization import organization
from mentoring.matching import Problem, broken_rules, solve
from mentoring.matching.context import Context

MOST = {"mentor-match": 1_000, "scipy": 5_000, "greedy": 5_000, "random": 5_000}
"""The largest sizes at which each ends within a minute or so."""

_HOME = Path("build/bench-peers")
_REQUIREMENTS = ("mentor-match==7.0.1", "scipy==1.17.1")
_LINE = "{:>8} {:<13} {:>9} {:>8} {:>8} {:>7} {:>7} {:>7}"


def measure_all(sizes: list[int]) -> list[dict[str, Any]]:
    """Run every method at the sizes it can do, print a table and return its lines."""
    python = _environment()
    print(_LINE.format("people", "method", "s", "MB", "served", "pairs", "score", "broken"))
    found = []
    for size in sizes:
        methods = [method for method, most in MOST.items() if size <= most]
        found += _compare(python, size, methods) if methods else []
    return found


def _compare(python: Path, size: int, methods: list[str]) -> list[dict[str, Any]]:
    from mentoring.matching.candidates import Board

    problem = _nobody_waited(organization(size))
    best = solve(problem).proof
    board = Board(Context(problem))
    legal = board.candidates()
    mentors, mentees = ([person.id for person in side.people] for side in (board.mentors, board.mentees))
    pairs = list(zip(legal.mentor.tolist(), legal.mentee.tolist(), legal.score.tolist(), strict=True))
    scores = {(mentors[mentor], mentees[mentee]): score for mentor, mentee, score in pairs}
    given = json.dumps({"mentors": len(mentors), "mentees": len(mentees), "pairs": pairs})
    lines = []
    for method in methods:
        done = _run(python, method, given)
        chosen = [(mentors[mentor], mentees[mentee]) for mentor, mentee in done["pairs"]]
        lines.append(
            {
                "people": size,
                "method": method,
                "seconds": done["seconds"],
                "peak": done["peak"],
                "served": 2 * len(chosen),
                "pairs": len(chosen),
                "share": sum(scores.get(pair, 0) for pair in chosen) / max(1, best.score),
                "broken": _broken(problem, chosen),
                "best_served": best.served,
                "best_pairs": best.pairs,
            }
        )
        print(_row(lines[-1]), flush=True)
    return lines


def _nobody_waited(problem: Problem) -> Problem:
    """Leave out what the others know nothing of: that whoever waited comes before a better score."""
    return replace(problem, people=[replace(person, waiting_cycles=0) for person in problem.people])


def _row(line: dict[str, Any]) -> str:
    return _LINE.format(
        f"{line['people']:,}",
        line["method"],
        f"{line['seconds']:.2f}",
        f"{line['peak']:.0f}",
        f"{line['served']:,}",
        f"{line['pairs']:,}",
        f"{line['share']:.3f}",
        line["broken"],
    )


def _broken(problem: Problem, chosen: list[tuple[str, str]]) -> int:
    context = Context(problem)
    return sum(
        len(broken_rules(context.person(mentor), context.person(mentee), context))
        for mentor, mentee in chosen
    )


def _run(python: Path, method: str, given: str) -> dict[str, Any]:
    # Without -P, this folder would come first, and its `matching` instead of theirs.
    command = [str(python), "-P", str(Path(__file__).with_name("matching_peer.py")), method]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _environment() -> Path:
    """Make an environment for the others once: one of them is imported as `matching`, and none is ours."""
    python = _HOME / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(_HOME, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *_REQUIREMENTS]
        subprocess.run(install, check=True)
    return python
