"""Writing what a matching came to: tables as CSV or as workbooks, by the name of the file, and the report."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.files import Drafts, FileProblem
from mentoring.report.page import page
from mentoring.spreadsheets import results
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.results_workbook import MOST_ROWS, TooManyRows, write_workbook

_WORKBOOK = ".xlsx"
_OTHER_WORKBOOKS = frozenset((".xls", ".xlsb", ".xlsm", ".ods", ".numbers"))
_PAGES = frozenset((".html", ".htm"))

_MARKED = "utf-8-sig"
"""UTF-8 with the mark in front without which Excel takes a CSV file for one in the encoding of the country."""


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
        if path.suffix.casefold() in _OTHER_WORKBOOKS | _PAGES:
            raise FileProblem(f"{path}: a table is written as .csv or as .xlsx. Name the file so.")
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
            _write_table(path, table, drafts, outcome)
    if options.report:
        with drafts.open(options.report) as file:
            file.writelines(page(outcome, options.people.name))


def _write_table(path: Path, table: _Table, drafts: Drafts, outcome: Outcome) -> None:
    rows = table.rows(outcome)
    if path.suffix.casefold() != _WORKBOOK:
        with drafts.open(path, _MARKED) as text:
            results.write_table(text, table.header, rows)
        return
    with drafts.open_binary(path) as file:
        try:
            write_workbook(file, table.title, table.header, rows)
        except TooManyRows:
            most = f"a sheet of a workbook has {MOST_ROWS:,} lines at most, and there are more"
            raise FileProblem(f"{path}: {most}. Give it a name that ends in .csv.") from None
