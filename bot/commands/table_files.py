"""Tables as files: CSV or a workbook, by the name of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.commands.files import Drafts, FileProblem
from mentoring.spreadsheets.results import Row, write_table
from mentoring.spreadsheets.results_workbook import MOST_ROWS, TooManyRows, write_workbook

WORKBOOK: Final = ".xlsx"
_OTHER_WORKBOOKS: Final = frozenset((".xls", ".xlsb", ".xlsm", ".ods", ".numbers"))

_MARKED: Final = "utf-8-sig"
"""UTF-8 with the mark in front without which Excel takes a CSV file for one in the encoding of the country."""


def check_name(path: Path, also: frozenset[str] = frozenset()) -> None:
    """Raise `FileProblem` for a name that promises another kind of file, such as `also`."""
    if path.suffix.casefold() in _OTHER_WORKBOOKS | also:
        raise FileProblem(f"{path}: a table is written as .csv or as .xlsx. Name the file so.")


def write(drafts: Drafts, path: Path, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table as a draft. Raises `FileProblem`."""
    if path.suffix.casefold() != WORKBOOK:
        with drafts.open(path, _MARKED) as text:
            write_table(text, header, rows)
        return
    with drafts.open_binary(path) as file:
        try:
            write_workbook(file, title, header, rows)
        except TooManyRows:
            most = f"a sheet of a workbook has {MOST_ROWS:,} lines at most, and there are more"
            raise FileProblem(f"{path}: {most}. Give it a name that ends in .csv.") from None


def write_alone(path: Path, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write one table and put it in its place. Raises `FileProblem`."""
    check_name(path)
    with Drafts([path], []) as drafts:
        write(drafts, path, title, header, rows)
        drafts.publish()
