"""The command `match`: pairs from a spreadsheet, without Slack, settings or a database."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.files import Drafts, FileProblem, read
from bot.progress import Progress
from mentoring.matching import PairIds, Problem, Solution, Step, WhyNot, legal_pairs, solve, why_not
from mentoring.matching.words import plural
from mentoring.spreadsheets import encoding, results
from mentoring.spreadsheets.column_map import parse_columns
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, Refused, Remarks, echo
from mentoring.spreadsheets.rules_file import ProgramRules, read_rules
from mentoring.spreadsheets.table import clean

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
    parser.add_argument(
        "people", type=Path, metavar="people.csv", help="the people, one a line, as CSV or .xlsx"
    )
    parser.add_argument("--history", type=Path, metavar="CSV", help="pairs of earlier cycles")
    parser.add_argument("--rules", type=Path, metavar="TOML", help="rules, weights and the ladder of levels")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook with the people")
    parser.add_argument(
        "--columns",
        nargs="+",
        action="extend",
        default=[],
        metavar='COLUMN="HEADING"',
        help='which heading means a column, such as level="Job Grade"',
    )
    parser.add_argument(
        "--encoding",
        type=_encoding,
        default="",
        metavar="NAME",
        help="the encoding of the files, such as cp1252",
    )
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the pairs here")
    parser.add_argument(
        "--left-out", type=Path, metavar="CSV", help="write who has no partner, and why, here"
    )
    parser.add_argument(
        "--candidates", type=Path, metavar="CSV", help="write every legal pair and its score here"
    )
    parser.add_argument(
        "--why-not",
        nargs=2,
        action="append",
        default=[],
        metavar=("MENTOR_ID", "MENTEE_ID"),
        help="say why these two are not a pair; may be given again for others",
    )
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="the day whose clocks count (next Monday)"
    )


def run(options: argparse.Namespace) -> int:
    """Match, write and tell; give the exit status: 0 done, 2 bad input, and then nothing is written."""
    try:
        with _without_garbage_collection():
            _match(options)
        sys.stdout.flush()
    except (FileProblem, _BadInput) as problem:
        _tell(str(problem), "Nothing was written.")
        return BAD_INPUT
    except KeyboardInterrupt:
        _tell("Stopped. Nothing was written.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read the result has seen enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep Python from looking for circles of dead objects, again and again, among millions that are all needed."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _BadInput(Exception):
    """What was given cannot be used; the message is a plain sentence for each reason."""


def _match(options: argparse.Namespace) -> None:
    outputs = [path for path in (options.out, options.left_out, options.candidates) if path]
    inputs = [path for path in (options.people, options.history, options.rules) if path]
    trying = _trying(options.why_not)
    warnings: list[str] = []
    steps = [_READING, *_MATCHING.values(), *trying.values(), _WRITING]
    with Drafts(outputs, inputs) as drafts, Progress(steps) as progress:
        progress.step(_READING)
        problem, names = _problem(options, warnings)
        _check_known(trying, names, options.people)
        solution = solve(problem, watch=lambda step: progress.step(_MATCHING[step]))
        answers = list(_answers(problem, solution, trying, progress))
        progress.step(_WRITING)
        _write(options, drafts, problem, solution)
        drafts.publish()
    written = [f"Written: {path}" for path in outputs]
    _tell(*warnings, *_summary(solution, problem), *_answered(answers, names), *written)
    if options.json:
        found = results.as_data(solution, names, answers)
        shown = {"on": problem.on.isoformat(), **found, "warnings": warnings}
        print(json.dumps(shown, indent=2))


def _problem(options: argparse.Namespace, warnings: list[str]) -> tuple[Problem, Mapping[str, str]]:
    """Read all files: the problem, and people's names. Warnings are added to those given."""

    def reading(path: Path, reader: Callable[[bytes, Notes], _Read]) -> _Read:
        notes = Notes()
        try:
            found = reader(read(path), notes)
        except Refused as refused:
            raise _BadInput("\n".join(_listed(path, refused.remarks, len(refused.remarks.kept)))) from None
        warnings.extend(_listed(path, notes.warnings, _WARNINGS_TOLD))
        return found

    program = reading(options.rules, read_rules) if options.rules else ProgramRules()
    columns = {**program.columns, **_columns(options.columns)}
    people_as = Reading(options.encoding, options.sheet, columns)
    history_as = Reading(options.encoding, columns=columns)
    people = reading(
        options.people, lambda data, notes: read_people(data, program.ladder, notes, program.apart, people_as)
    )
    problem = Problem(
        people=people.people,
        rules=program.rules,
        weights=program.weights,
        history=reading(options.history, lambda data, notes: read_history(data, notes, history_as))
        if options.history
        else (),
        related=people.related,
        on=_monday(options.on or datetime.now(UTC).date() + timedelta(days=7)),
    )
    return problem, people.names


def _columns(given: Sequence[str]) -> Mapping[str, str]:
    """Return the heading of each column named on the command line. Raises `_BadInput`."""
    try:
        return parse_columns(given)
    except CellError as problem:
        raise _BadInput(f"--columns: {problem}") from None


def _trying(asked: Iterable[Sequence[str]]) -> Mapping[PairIds, str]:
    """Return the pairs asked about, each once, and what the progress bar says while one is tried.

    Ids are read as those in files are, so that one can be copied from a file that this command wrote.
    """
    pairs = list(dict.fromkeys((clean(mentor_id), clean(mentee_id)) for mentor_id, mentee_id in asked))
    return {pair: f"Trying pair {place} of {len(pairs)}" for place, pair in enumerate(pairs, 1)}


def _check_known(asked: Iterable[PairIds], names: Mapping[str, str], path: Path) -> None:
    """Raise `_BadInput` if somebody asked about is not among the people of the file."""
    unknown = dict.fromkeys(person_id for pair in asked for person_id in pair if person_id not in names)
    if unknown:
        raise _BadInput("\n".join(f"--why-not: {echo(one)} is nobody's id in {path}." for one in unknown))


def _answers(
    problem: Problem, solution: Solution, trying: Mapping[PairIds, str], progress: Progress
) -> Iterator[WhyNot]:
    """Yield why each pair asked about is none, in the order of asking."""
    for (mentor_id, mentee_id), words in trying.items():
        progress.step(words)
        yield why_not(problem, mentor_id, mentee_id, solution)


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
    detail = f"In detail: {proof.candidates:,}, in {plural(proof.rounds, 'round')}."
    return [
        f"{len(problem.people):,} people were read, and {taking_part:,} of them take part.",
        f"{choice}: {proof.pairs:,}.",
        f"Combinations of a mentor and a mentee compared: {proof.compared:,}. {detail}",
        f"Without a partner, counted per role: {len(solution.left_out):,}.",
        f"Working hours were compared as of {problem.on.isoformat()}.",
    ]


def _answered(answers: Sequence[WhyNot], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each pair asked about, like "Ana (p1) and Ben (p2): They have been paired before."."""

    def called(person_id: str) -> str:
        name = names[person_id]
        return person_id if name == person_id else f"{name} ({person_id})"

    return (
        f"{called(answer.mentor_id)} and {called(answer.mentee_id)}: {answer.words}" for answer in answers
    )


def _encoding(text: str) -> str:
    if not encoding.known(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding that is known; cp1252 or utf-8 are some")
    return text


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
