"""Writing what a matching came to: tables as CSV or as workbooks, by the name of the file, and the report."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands import table_files
from bot.commands.files import Drafts, FileProblem
from mentoring.report.page import page
from mentoring.spreadsheets import results
from mentoring.spreadsheets.outcome import Outcome

_PAGES = frozenset((".html", ".htm"))


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    header: Sequence[str]
    rows: Callable[[Outcome], Iterator[results.Row]]


_TABLES = {
    "out": _Table("Pairs", results.PAIRS, results.pair_rows),
    "left_out": _Table("Left out", results.LEFT_OUT, results.left_out_rows),
    "candidates": _Table("Possible pairs", results.CANDIDATES, results.candidate_rows),
}


def outputs(options: argparse.Namespace) -> list[Path]:
    """Return the files asked for. Raises `FileProblem` for a name that promises another kind of file."""
    tables = [path for option in _TABLES if (path := getattr(options, option))]
    for path in tables:
        table_files.check_name(path, _PAGES)
    if options.report and options.report.suffix.casefold() not in _PAGES:
        raise FileProblem(
            f"{options.report}: the report is a page for a browser. Give it a name that ends in .html."
        )
    return [*tables, options.report] if options.report else tables


def write(options: argparse.Namespace, drafts: Drafts, outcome: Outcome) -> None:
    """Write each file asked for as a draft. Raises `FileProblem`."""
    for option, table in _TABLES.items():
        path = getattr(options, option)
        if path:
            table_files.write(drafts, path, table.title, table.header, table.rows(outcome))
    if options.report:
        with drafts.open(options.report) as file:
            file.writelines(page(outcome, options.people.name))
