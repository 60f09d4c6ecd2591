"""The command `match`: pairs from a spreadsheet, without Slack, settings or a database."""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.commands import match_files
from bot.commands.files import Drafts, FileProblem, read
from bot.commands.progress import Progress
from mentoring.matching import PairIds, Problem, Solution, Step, WhyNot, solve, why_not
from mentoring.spreadsheets import results, summary
from mentoring.spreadsheets.aside import Held
from mentoring.spreadsheets.column_map import parse_columns
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.ids import Directory, NobodysId
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.printed import pairs_table
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, Refused, Remarks, echo
from mentoring.spreadsheets.rules_file import ProgramRules, read_rules
from mentoring.spreadsheets.table import clean

DONE, BAD_INPUT, STOPPED = 0, 2, 130
_WARNINGS_TOLD = 20
_PAIRS_SHOWN = 40
"""How many pairs a terminal shows; whatever is not a terminal gets all."""

_Read = TypeVar("_Read")

_READING, _WRITING = "Reading", "Writing"
_MATCHING = {
    Step.PREPARE: "Making people and rules ready",
    Step.LIST: "Listing possible pairs",
    Step.CHOOSE: "Choosing the best pairs",
    Step.PROVE: "Proving that none are better",
    Step.EXPLAIN: "Finding the reasons",
}


def run(options: argparse.Namespace) -> int:
    """Match, write and tell; give the exit status: 0 done, 2 bad input, and then nothing is written."""
    try:
        with _without_garbage_collection():
            _match(options)
    except (FileProblem, _BadInput) as problem:
        _tell(str(problem), "Nothing was written.")
        return BAD_INPUT
    except KeyboardInterrupt:
        _tell("Stopped. Nothing was written.")
        return STOPPED
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
    outputs = match_files.outputs(options)
    inputs = [path for path in (options.people, options.history, options.rules) if path]
    trying = _trying(options.why_not)
    warnings: list[str] = []
    steps = [_READING, *_MATCHING.values(), *trying.values(), _WRITING]
    with Drafts(outputs, inputs) as drafts, Progress(steps) as progress:
        progress.step(_READING)
        given = _given(options, warnings)
        trying = _resolved(trying, given.directory, options.people)
        solution = solve(given.problem, watch=lambda step: progress.step(_MATCHING[step]))
        answers = list(_answers(given.problem, solution, trying, progress))
        progress.step(_WRITING)
        outcome = Outcome(given.problem, solution, given.names, given.ladder, given.held, warnings, answers)
        match_files.write(options, drafts, outcome)
        drafts.publish()
    _tell(*warnings, *_held_back(options.people, given.held))
    _print(options, outcome)
    left_out = str(options.left_out) if options.left_out else None
    certificate = summary.certificate(outcome) if options.verbose else ()
    written = [f"Written: {path}" for path in outputs]
    _tell(*summary.summary(outcome, left_out), *certificate, *_answered(answers, given.names), *written)


class _Given(NamedTuple):
    """What the files say: the problem, who is meant by an id, the ladder, and rows that cannot be used."""

    problem: Problem
    directory: Directory
    ladder: Sequence[str]
    held: Sequence[Held]

    @property
    def names(self) -> Mapping[str, str]:
        """People's names by id."""
        return self.directory.names


def _given(options: argparse.Namespace, warnings: list[str]) -> _Given:
    """Read all files. Warnings are added to those given."""

    def reading(path: Path, reader: Callable[[bytes, Notes], _Read]) -> _Read:
        notes = Notes()
        try:
            found = reader(read(path), notes)
        except Refused as refused:
            raise _BadInput("\n".join(_listed(path, refused.remarks, len(refused.remarks.kept)))) from None
        warnings.extend(_listed(path, notes.warnings, _WARNINGS_TOLD))
        return found

    program = reading(options.rules, read_rules) if options.rules else ProgramRules()
    allowed = options.allow_unknown
    columns = {**program.columns, **_columns(options.columns)}
    people_as = Reading(options.encoding or "", options.sheet, columns)
    history_as = Reading(options.encoding or "", columns=columns)
    people = reading(
        options.people,
        lambda data, notes: read_people(
            data,
            program.ladder,
            notes,
            program.apart,
            options.hold_back,
            allow_unknown=allowed,
            reading=people_as,
        ),
    )
    past = partial(read_history, directory=people.directory, allow_unknown=allowed, reading=history_as)
    problem = Problem(
        people=people.people,
        rules=program.rules,
        weights=program.weights,
        history=reading(options.history, past) if options.history else (),
        related=people.related,
        levels=max([len(program.ladder), *(person.level or 0 for person in people.people)]),
        on=_monday(options.on or datetime.now(UTC).date() + timedelta(days=7)),
    )
    return _Given(problem, people.directory, program.ladder, people.held)


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


def _resolved(asked: Mapping[PairIds, str], directory: Directory, path: Path) -> Mapping[PairIds, str]:
    """Return the same by the ids of the file, or raise `_BadInput` if somebody asked about is not in it."""
    found: dict[str, str] = {}
    problems = []
    for person_id in dict.fromkeys(person_id for pair in asked for person_id in pair):
        try:
            found[person_id] = directory.find(person_id)
        except NobodysId:
            problems.append(f"--why-not: {echo(person_id)} is nobody's id in {path}.")
        except CellError as problem:
            problems.append(f"--why-not: {problem}")
    if problems:
        raise _BadInput("\n".join(problems))
    return {(found[mentor_id], found[mentee_id]): words for (mentor_id, mentee_id), words in asked.items()}


def _answers(
    problem: Problem, solution: Solution, trying: Mapping[PairIds, str], progress: Progress
) -> Iterator[WhyNot]:
    """Yield why each pair asked about is none, in the order of asking."""
    for (mentor_id, mentee_id), words in trying.items():
        progress.step(words)
        yield why_not(problem, mentor_id, mentee_id, solution)


def _held_back(path: Path, held: Sequence[Held]) -> list[str]:
    """Return what is wrong in the rows held back, for whoever mends them."""
    remarks = Remarks()
    for row in held:
        for remark in row.remarks:
            remarks.add(remark.place, remark.words)
    return _listed(path, remarks, _WARNINGS_TOLD)


def _print(options: argparse.Namespace, outcome: Outcome) -> None:
    """Print the result on standard output: as JSON if asked for, else the pairs if no file has them."""
    if options.json:
        print(json.dumps(results.as_data(outcome), indent=2))
    elif not options.out:
        if isinstance(sys.stdout, TextIOWrapper):
            # A terminal that cannot show 李雷 shows question marks, and the rest.
            sys.stdout.reconfigure(errors="replace")
        shown = (shutil.get_terminal_size().columns, _PAIRS_SHOWN) if sys.stdout.isatty() else (None, None)
        for line in pairs_table(outcome, *shown):
            print(line)
    # Before what follows on standard error, also where both go to one place.
    sys.stdout.flush()


def _answered(answers: Sequence[WhyNot], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each pair asked about, like "Ana (p1) and Ben (p2): They have been paired before."."""

    def called(person_id: str) -> str:
        name = names[person_id]
        return person_id if name == person_id else f"{name} ({person_id})"

    return (
        f"{called(answer.mentor_id)} and {called(answer.mentee_id)}: {answer.words}" for answer in answers
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _listed(path: Path, remarks: Remarks, most: int) -> list[str]:
    lines = [f"{path}, {remark}" for remark in remarks.kept[:most]]
    more = remarks.count - len(lines)
    return [*lines, f"{path}: and {more:,} more like these."] if more else lines


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
