"""Results as an Excel workbook (ECMA-376): one sheet, whose texts stay texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from mentoring.spreadsheets.formulas import neutral
from mentoring.spreadsheets.results import Row

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_576
"""The rows of a sheet, its first line included (Excel specifications and limits)."""

_WIDTHS = {
    "score": 8,
    "side": 10,
    "mentor": 26,
    "mentee": 26,
    "name": 26,
    "why": 80,
    "reason": 60,
    "help": 60,
}
"""How many characters wide columns are; ids are as wide as `_ID_WIDTH`."""

_ID_WIDTH = 14
_WRAPPED = ("why", "reason", "help")
_IDS = ("id", "mentor_id", "mentee_id")
_TEXT = "@"
"""The number format in which a spreadsheet program leaves what is typed as it is (ECMA-376-1, 18.8.30)."""


class TooManyRows(ValueError):
    """There are more rows than a sheet can have."""


def write_workbook(file: BinaryIO, title: str, header: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a workbook with a table on its only sheet; return how many rows it has. Raises `TooManyRows`."""
    # Takes a while to load, and few runs need it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(header):
        dimension = sheet.column_dimensions[chr(ord("A") + place)]
        dimension.width = _WIDTHS.get(column, _ID_WIDTH)
    _append_headings(sheet, header)
    count = 0
    # A row is on its way to the file once it is appended, so that its cells can serve for the next one.
    columns = [_Column(sheet, column) for column in header]
    for count, row in enumerate(rows, 1):
        if count >= MOST_ROWS:
            raise TooManyRows
        sheet.append([column.cell(value) for column, value in zip(columns, row, strict=True)])
    book.save(file)
    return count


def _append_headings(sheet: WriteOnlyWorksheet, header: Sequence[str]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(sheet, column) for column in header]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)


class _Column:
    """The cells of a column: one for texts and numbers, and one for texts that could be taken for formulas.

    The second is marked like a text typed with an apostrophe in front, so that editing it starts no formula.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, column: str) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        self._plain, self._marked = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
        for cell in (self._plain, self._marked):
            cell.alignment = Alignment(vertical="top", wrap_text=column in _WRAPPED)
            if column in _IDS:
                cell.number_format = _TEXT
        self._marked.quotePrefix = True

    def cell(self, value: str | int) -> Cell:
        """Return the cell for a value, until the next one is asked for."""
        if not isinstance(value, str):
            self._plain.value = value
            return self._plain
        cell = self._plain if neutral(value) == value else self._marked
        cell.value = value
        # Whatever it looks like: openpyxl takes “=1” for a formula and “#N/A” for an error.
        cell.data_type = "s"
        return cell
