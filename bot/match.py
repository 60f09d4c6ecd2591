"""The command `match`: pairs from a spreadsheet, without Slack, settings or a database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.files import Drafts, FileProblem, read
from bot.progress import Progress
from mentoring.matching import Problem, Solution, Step, legal_pairs, solve
from mentoring.spreadsheets import results
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes, Refused, Remarks
from mentoring.spreadsheets.rules_file import ProgramRules, read_rules

DONE, BAD_INPUT, STOPPED = 0, 2, 130
_WARNINGS_TOLD = 20
_Read = TypeVar("_Read")

_READING, _WRITING = "Reading", "Writing"
_MATCHING = {
    Step.PREPARE: "Making people and rules ready",
    Step.LIST: "Listing possible pairs",
    Step.CHOOSE: "Choosing the best pairs",
    Step.PROVE: "Proving that none are better",
    Step.EXPLAIN: "Finding the reasons",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("people", type=Path, metavar="people.csv", help="the people, one a line")
    parser.add_argument("--history", type=Path, metavar="CSV", help="pairs of earlier cycles")
    parser.add_argument("--rules", type=Path, metavar="TOML", help="rules, weights and the ladder of levels")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the pairs here")
    parser.add_argument(
        "--left-out", type=Path, metavar="CSV", help="write who has no partner, and why, here"
    )
    parser.add_argument(
        "--candidates", type=Path, metavar="CSV", help="write every legal pair and its score here"
    )
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="the day whose clocks count (next Monday)"
    )


def run(options: argparse.Namespace) -> int:
    """Match, write and tell; give the exit status: 0 done, 2 bad input, and then nothing is written."""
    try:
        _match(options)
        sys.stdout.flush()
    except (FileProblem, _BadFile) as problem:
        _tell(str(problem), "Nothing was written.")
        return BAD_INPUT
    except KeyboardInterrupt:
        _tell("Stopped. Nothing was written.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read the result has seen enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


class _BadFile(Exception):
    """A file has errors; the message names each."""

    def __init__(self, path: Path, remarks: Remarks) -> None:
        super().__init__("\n".join(_listed(path, remarks, len(remarks.kept))))


def _match(options: argparse.Namespace) -> None:
    outputs = [path for path in (options.out, options.left_out, options.candidates) if path]
    inputs = [path for path in (options.people, options.history, options.rules) if path]
    warnings: list[str] = []
    steps = [_READING, *_MATCHING.values(), _WRITING]
    with Drafts(outputs, inputs) as drafts, Progress(steps) as progress:
        progress.step(_READING)
        problem, names = _problem(options, warnings)
        solution = solve(problem, watch=lambda step: progress.step(_MATCHING[step]))
        progress.step(_WRITING)
        _write(options, drafts, problem, solution)
        drafts.publish()
    written = [f"Written: {path}" for path in outputs]
    _tell(*warnings, *_summary(solution, problem), *written)
    if options.json:
        shown = {"on": problem.on.isoformat(), **results.as_data(solution, names), "warnings": warnings}
        print(json.dumps(shown, indent=2))


def _problem(options: argparse.Namespace, warnings: list[str]) -> tuple[Problem, Mapping[str, str]]:
    """Read all files: the problem, and people's names. Warnings are added to those given."""

    def reading(path: Path, reader: Callable[[bytes, Notes], _Read]) -> _Read:
        notes = Notes()
        try:
            found = reader(read(path), notes)
        except Refused as refused:
            raise _BadFile(path, refused.remarks) from None
        warnings.extend(_listed(path, notes.warnings, _WARNINGS_TOLD))
        return found

    program = reading(options.rules, read_rules) if options.rules else ProgramRules()
    people = reading(
        options.people, lambda data, notes: read_people(data, program.ladder, notes, program.apart)
    )
    problem = Problem(
        people=people.people,
        rules=program.rules,
        weights=program.weights,
        history=reading(options.history, read_history) if options.history else (),
        related=people.related,
        on=_monday(options.on or datetime.now(UTC).date() + timedelta(days=7)),
    )
    return problem, people.names


def _write(options: argparse.Namespace, drafts: Drafts, problem: Problem, solution: Solution) -> None:
    if options.out:
        with drafts.open(options.out) as file:
            results.write_table(file, results.PAIRS, results.pair_rows(solution))
    if options.left_out:
        with drafts.open(options.left_out) as file:
            results.write_table(file, results.LEFT_OUT, results.left_out_rows(solution))
    if options.candidates:
        with drafts.open(options.candidates) as file:
            results.write_table(file, results.CANDIDATES, legal_pairs(problem))


def _summary(solution: Solution, problem: Problem) -> list[str]:
    proof = solution.proof
    choice = "The best choice of pairs, proven" if proof.optimal else "The best choice of pairs found"
    taking_part = sum(person.available and (person.mentor or person.mentee) for person in problem.people)
    return [
        f"{len(problem.people):,} people were read, and {taking_part:,} of them take part.",
        f"{choice}: {proof.pairs:,} of {proof.candidates:,} possible ones.",
        f"Without a partner, counted per role: {len(solution.left_out):,}.",
        f"Working hours were compared as of {problem.on.isoformat()}.",
    ]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-30") from None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _listed(path: Path, remarks: Remarks, most: int) -> list[str]:
    lines = [f"{path}, {remark}" for remark in remarks.kept[:most]]
    more = remarks.count - len(lines)
    return [*lines, f"{path}: and {more:,} more like these."] if more else lines


def _tell(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)
