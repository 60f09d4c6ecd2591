"""Excel workbooks: one sheet as rows of text, each cell as a person sees it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Protocol, cast
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils import column_index_from_string
from openpyxl.utils.escape import unescape

from mentoring.spreadsheets.delimited import HEAD, Fit, Line
from mentoring.spreadsheets.remarks import Damaged, echo

LARGEST = 400 * 1024 * 1024
"""The most bytes that a workbook may unpack to, in all; 100,000 people with 17 columns come to about 90 MB."""

MOST_CELLS = 8_000_000
"""The most cells that are kept of a sheet, with or without text."""

UNWORKED = "#RESULT?"
"""What stands for a formula whose result is not in the file; for whoever does not work it out, the cell is empty."""

_CHUNK = 1 << 20
_UNWORKED = re.compile(
    rb"<c\b(?![^>]*\bt=[\"']str)[^>]*\br=[\"']([A-Z]+)([0-9]+)[\"'][^>]*>\s*<f\b[^<]*(?:/>|</f>)\s*"
    rb"(?:<v>\s*</v>|<v\s*/>)?\s*</c>"
)
"""A formula without a result; one whose result is an empty text says that it is a text."""

_HIDDEN = re.compile(rb"<row\b[^>]*\shidden=[\"'](?:1|true)[\"']")
_OVERLAP = 1 << 14
"""So many bytes of one chunk are looked at together with the next, so that nothing falls between."""

_ZEROS = re.compile(r"0+")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-/ .()])')
_ELAPSED = re.compile(r"\[h+\]", re.IGNORECASE)

_BROKEN = "This workbook is damaged. Open it in a spreadsheet program, save it anew, and use that file."
_TOO_LARGE = "This workbook is too large. Save the sheet with the people as “CSV UTF-8”, and use that file."


class _ReadSheet(Protocol):
    """What openpyxl gives when it reads a sheet row by row, for which it has no public type."""

    title: str
    sheet_state: str
    _worksheet_path: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterator[Sequence[ReadOnlyCell | EmptyCell]]: ...


class Sheet:
    """The rows of one sheet. `told` is what there is to say about how it was read, as sentences."""

    padded = True
    """Whether a line that ends early is one whose last cells are empty."""

    suspicious = True
    """Whether there may be characters that cannot be read."""

    def __init__(self, rows: Sequence[Line], told: Sequence[str]) -> None:
        self._rows = rows
        self.told = told

    def lines(self) -> Iterator[Line]:
        """Yield rows with anything in them, with their numbers."""
        return ((line, list(cells)) for line, cells in self._rows)


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are those of an archive, such as an Excel workbook."""
    return data.startswith(b"PK\x03\x04")


def open_sheet(data: bytes, wanted: str, fit: Fit) -> Sheet:
    """Return the sheet wanted, or the first visible one that names columns, or the first with anything in it.

    Raises `Damaged`, with what to do.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of pictures, rules and styles that it does not keep; no text is among them.
            warnings.simplefilter("ignore")
            return _opened(data, wanted, fit)
    except Damaged:
        raise
    except MemoryError:
        raise Damaged(1, 0, _TOO_LARGE) from None
    except Exception:  # noqa: BLE001 - of a damaged archive, openpyxl raises whatever its parts happen to raise
        raise Damaged(1, 0, _BROKEN) from None


def _opened(data: bytes, wanted: str, fit: Fit) -> Sheet:
    with ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise Damaged(1, 0, _TOO_LARGE)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = cast("list[_ReadSheet]", book.worksheets)
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file claims may be a million empty rows
    chosen, told = _chosen(sheets, wanted, fit)
    hidden, unworked = _looked_through(data, chosen)
    rows = list(_rows(chosen, unworked))
    if hidden:
        told.append(
            f"{hidden:,} {'row is' if hidden == 1 else 'rows are'} hidden in this sheet, and read like the others."
        )
    return Sheet(rows, told)


def _chosen(sheets: Sequence[_ReadSheet], wanted: str, fit: Fit) -> tuple[_ReadSheet, list[str]]:
    """Return the sheet to read, and what to say if there are others with something in them."""
    titles = ", ".join(echo(sheet.title) for sheet in sheets)
    if wanted:
        found = next(
            (sheet for sheet in sheets if sheet.title.strip().casefold() == wanted.strip().casefold()), None
        )
        if found is None:
            raise Damaged(1, 0, f"There is no sheet {echo(wanted)}. The sheets are: {titles}.")
        return found, []
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    heads = [(sheet, [cells for _, cells in islice(_rows(sheet), HEAD)]) for sheet in visible]
    filled = [(sheet, max(map(fit, head))) for sheet, head in heads if head]
    if not filled:
        hidden = (
            f" The sheets that are hidden: {titles}. Read one with --sheet."
            if len(visible) < len(sheets)
            else ""
        )
        raise Damaged(1, 0, f"There is nothing in this workbook.{hidden}")
    best = max(names for _, names in filled)
    chosen = next(sheet for sheet, names in filled if names == best or names >= _NAMES_ENOUGH)
    others = [echo(sheet.title) for sheet, _ in filled if sheet is not chosen]
    if not others:
        return chosen, []
    return chosen, [f"The sheet {echo(chosen.title)} was read. To read {' or '.join(others)}, add --sheet."]


_NAMES_ENOUGH = 3
"""A sheet whose headings name so many columns is taken before later ones that name more."""


def _rows(sheet: _ReadSheet, unworked: Collection[tuple[int, int]] = ()) -> Iterator[Line]:
    """Yield rows with anything in them. Raises `Damaged` where there are too many cells to keep."""
    kept = 0
    for line, cells in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell) for cell in cells] if cells else []
        if unworked:
            texts = [UNWORKED if (line, place) in unworked else text for place, text in enumerate(texts, 1)]
        while texts and not texts[-1].strip():
            texts.pop()
        kept += len(texts)
        if kept > MOST_CELLS:
            raise Damaged(line, 0, _TOO_LARGE)
        if texts:
            yield line, texts


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    """Return a cell as a person sees it; dates as ISO 8601, times as HH:MM, truth as yes and no."""
    value = cell.value
    if isinstance(value, str):
        return unescape(value) if "_x" in value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return _moment(value)


def _number(value: int | float, number_format: str) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and value >= 0:
        return _with_zeros(value, number_format)
    return repr(value) if isinstance(value, int) else f"{value:.15g}"


def _with_zeros(value: int, number_format: str) -> str:
    """Return a whole number with the zeros and letters of a format like 00000 or "E"000; all others change no digit."""
    pattern = number_format.split(";")[0]
    bare = _LITERAL.sub("", pattern)
    if not _ZEROS.fullmatch(bare) or len(bare) < 2:
        return str(value)
    digits = iter(str(value).zfill(len(bare)))
    places = len(bare)
    text = "".join(islice(digits, max(0, len(str(value)) - places)))
    for found in re.finditer(r'"([^"]*)"|\\(.)|(.)', pattern):
        literal = found[1] if found[1] is not None else found[2]
        text += literal if literal is not None else next(digits) if found[3] == "0" else found[3]
    return text


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)


def _looked_through(data: bytes, sheet: _ReadSheet) -> tuple[int, set[tuple[int, int]]]:
    """Return how many rows of a sheet are hidden, and which formulas have no result, by row and column from 1."""
    path = sheet._worksheet_path  # noqa: SLF001 - openpyxl says nowhere else which part of the archive it is
    hidden, rest = 0, b""
    unworked: set[tuple[int, int]] = set()
    with ZipFile(io.BytesIO(data)) as archive, archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            unworked |= {
                (int(row), column_index_from_string(name.decode())) for name, row in _UNWORKED.findall(text)
            }
            hidden += sum(found.end() > len(rest) for found in _HIDDEN.finditer(text))
            rest = text[-_OVERLAP:]
    return hidden, unworked
