"""From text to rows: which separator, which columns, and where a line is damaged."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from mentoring.spreadsheets.encoding import decode, is_workbook
from mentoring.spreadsheets.formulas import plain
from mentoring.spreadsheets.remarks import Notes, cell, echo

LONGEST_CELL = 20_000
"""The most characters in a cell; ten times what twenty skills at full length take."""

_SEPARATORS = ",;\t"
_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
_JOINERS = "\u200c\u200d"
"""Two invisible characters that scripts such as Persian and Hindi need inside words."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of file has, those it cannot do without, and those that are passed over."""

    known: tuple[str, ...]
    needed: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


class Row(NamedTuple):
    """One line's cells in the order of `Table.columns`, as they stand in the file; `line` counts from 1."""

    line: int
    cells: list[str]


class Table:
    """The rows of a file, each read when it is asked for; what is wrong goes to the notes.

    `columns` names the columns that are known, as they stand in `Columns.known`.
    """

    def __init__(self, data: bytes, columns: Columns, notes: Notes) -> None:
        """Read the first line. Raises `Refused` when it does not name the columns needed."""
        self._notes = notes
        self._header: list[str] = []
        if is_workbook(data):
            notes.errors.add(cell(1, columns.needed[0]), _WORKBOOK)
            notes.refuse()
        self._text, self._separator, self._lines_before = _prepared(decode(data), columns)
        self._suspicious = _UNREADABLE.search(self._text) is not None
        self._rows = self._raw_rows()
        line, names = next(self._rows, (1, []))
        notes.refuse()
        self._header = [_column_name(name) for name in names]
        self.columns = self._find_columns(line, names, columns)
        notes.refuse()

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that can be read; empty lines are passed over."""
        places = [self._header.index(name) for name in self.columns]
        for line, cells in self._rows:
            whole = len(cells) == len(self._header) or self._fits(line, cells)
            if whole and self._readable(line, cells):
                yield Row(line, [cells[place] for place in places])

    def _raw_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield lines with anything in them; stop at the first that is not CSV."""
        text = io.StringIO(self._text, newline="")
        reader = csv.reader(text, delimiter=self._separator, skipinitialspace=True, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield line + self._lines_before, cells
                line = reader.line_num + 1
        except csv.Error:
            place, words = _damage(self._text, line, self._separator)
            self._notes.errors.add(cell(line + self._lines_before, self._name(place)), words)

    def _find_columns(self, line: int, names: Sequence[str], columns: Columns) -> list[str]:
        """Return the known columns that are there, or note what is wrong with the first line."""
        notes, header = self._notes, self._header
        if self._readable(line, names):
            for place, name in enumerate(header):
                if name and name in header[:place]:
                    words = "Two columns have this name. Rename or remove one."
                    notes.errors.add(cell(line, self._name(place)), words)
                elif name not in (*columns.known, *columns.passed_over):
                    notes.warnings.add(cell(line, self._name(place)), _unknown(name, columns))
            for name in columns.needed:
                if name not in header:
                    notes.errors.add(cell(line, name), f"This column is missing. {_FIRST_LINE}")
        return [name for name in columns.known if name in header]

    def _fits(self, line: int, cells: Sequence[str]) -> bool:
        """Return whether a line has a cell for each column, or note where it goes wrong."""
        have, want = len(cells), len(self._header)
        if have < want:
            words = f"The line ends before this column: it has {have} of {want} cells."
            self._notes.errors.add(cell(line, self._name(have)), words)
        elif any(map(str.strip, cells[want:])):
            words = f"There are {have} cells for {want} columns. {_QUOTE}"
            self._notes.errors.add(cell(line, self._name(want)), words)
        return have >= want and not any(map(str.strip, cells[want:]))

    def _readable(self, line: int, cells: Sequence[str]) -> bool:
        """Return whether each cell of a line can be read, or note those that cannot."""
        if not self._suspicious and max(map(len, cells), default=0) <= LONGEST_CELL:
            return True
        found = [
            (place, words) for place, text in enumerate(cells) if (words := _unreadable(text)) is not None
        ]
        for place, words in found:
            self._notes.errors.add(cell(line, self._name(place)), words)
        return not found

    def _name(self, place: int) -> str:
        """Return what a column is called, or its number from 1 if it has no name that can be shown."""
        name = self._header[place] if place < len(self._header) else ""
        return name if name and name.isprintable() and len(name) <= _LONGEST_NAME else str(place + 1)


_FIRST_LINE = "The first line of the file has to name the columns."
_QUOTE = "A cell with the separator inside has to be in quotation marks."
_WORKBOOK = "This is a workbook. Save its sheet as CSV, and use that file."
_TOO_LONG = f"This cell is longer than {LONGEST_CELL:,} characters."
_SAVE_AS_UTF_8 = "There is a character here that cannot be read. Save the file as “CSV UTF-8” and try again."
_LONGEST_NAME = 40


def _unreadable(text: str) -> str | None:
    if len(text) > LONGEST_CELL:
        return _TOO_LONG
    return _SAVE_AS_UTF_8 if _UNREADABLE.search(text) else None


def clean(text: str) -> str:
    """Return a cell as it is meant: one line, no invisible characters, no apostrophe that kept it text."""
    if not text.isascii():
        seen = (char for char in text if char in _JOINERS or unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFC", "".join(seen))
    return plain(" ".join(text.split()))


def _prepared(text: str, columns: Columns) -> tuple[str, str, int]:
    """Return the text, its separator, and how many lines came before it; Excel may name the separator first."""
    named = re.match(r'"?sep=([,;\t])"?(?:\r\n|\r|\n)', text, re.IGNORECASE)
    if named:
        return text[named.end() :], named[1], 1
    head = next((line for line in io.StringIO(text[: LONGEST_CELL * 10]) if line.strip()), "")
    return text, max(_SEPARATORS, key=lambda separator: _fit(head, separator, columns)), 0


def _fit(head: str, separator: str, columns: Columns) -> tuple[int, int]:
    """Return how many known names a first line gives with this separator, and how many cells."""
    names = [_column_name(name) for name in head.split(separator)]
    return sum(name.strip('"') in columns.known for name in names), len(names)


def _column_name(text: str) -> str:
    """Return the form in which two spellings of a column's name are equal: "Time zone" is `time_zone`."""
    return re.sub(r"[\s_-]+", "_", clean(text)).casefold()


def _unknown(name: str, columns: Columns) -> str:
    if not name:
        return "This column has no name and is not read."
    close = get_close_matches(name[:_LONGEST_NAME], columns.known, 1, 0.75)
    return f"{echo(name)} is not known, so the column is not read." + (f" Is it {close[0]}?" if close else "")


def _damage(text: str, line: int, separator: str) -> tuple[int, str]:
    """Return in which cell of the row beginning on this line the quotation marks go wrong, and a sentence."""
    lines = io.StringIO(text, newline="")
    for _ in range(line - 1):
        lines.readline()
    rest, place, start = lines.read(), 0, 0
    end = re.escape(separator)
    whole = re.compile(rf' *+(?:"(?:[^"]++|"")*+"(?=[{end}\r\n]|\Z)|(?!")[^{end}\r\n]*+)')
    while found := whole.match(rest, start):
        if len(found[0]) > LONGEST_CELL:
            return place, _TOO_LONG
        if not rest.startswith(separator, found.end()):
            break
        place, start = place + 1, found.end() + 1
    return place, "A quotation mark here has no partner, or something follows after the closing one."
