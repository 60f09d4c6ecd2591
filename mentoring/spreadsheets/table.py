"""From the bytes of a file to rows: which columns, which lines are none, and where a line is damaged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from mentoring.spreadsheets import headings
from mentoring.spreadsheets.delimited import HEAD, LONGEST_CELL, TOO_LONG, Line
from mentoring.spreadsheets.footers import alone, is_footer
from mentoring.spreadsheets.formulas import plain
from mentoring.spreadsheets.heading_notes import note_headings, note_headings_again, note_titles
from mentoring.spreadsheets.headings import Columns, Source, Understood
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import Damaged, Notes, cell, echo
from mentoring.spreadsheets.sources import UNREADABLE, open_source, tell_of
from mentoring.spreadsheets.workbook import UNWORKED

__all__ = ["LONGEST_CELL", "Columns", "Row", "Table", "clean"]

_JOINERS = "\u200c\u200d"
"""Two invisible characters that scripts such as Persian and Hindi need inside words."""

_FAILED = re.compile(r"#(?:N/A|N/D|NV|Н/Д|#+|[¡¿]?[^\W\d_][^\W_]*(?:/[0-9])?[!?])")
"""What a spreadsheet program shows instead of a result, in the languages it speaks: "#N/A", "#WERT!", "#¿NOMBRE?"."""


class Row(NamedTuple):
    """One line's cells in the order of `Table.columns`, as they stand in the file; `line` counts from 1.

    `wrong` are the columns whose cells cannot be read, each with a sentence that says why; it may name others too.
    """

    line: int
    cells: list[str]
    wrong: Mapping[str, str]


class Table:
    """The rows of a file, each read when it is asked for; what is wrong with lines goes to the notes.

    `columns` names the columns that are known, as they stand in `Columns.known`; `line` is the one that names them.
    """

    def __init__(self, data: bytes, columns: Columns, notes: Notes, reading: Reading | None = None) -> None:
        """Read the line that names the columns. Raises `Refused` when it does not name those needed."""
        self._notes = notes
        self._known = columns
        self._header: list[str] = []
        self._first_below = 0
        reading = reading or Reading()
        self._given = {name: said for name, said in reading.columns.items() if name in columns.known}
        try:
            self._source = open_source(data, reading, self._fit)
        except Damaged as damage:
            notes.errors.add(cell(damage.line, columns.needed[0]), damage.words)
        notes.refuse()
        self.line, self._names = self._find_header()
        notes.refuse()
        names = [clean(name) for name in self._names]
        self._header = [headings.own_name(name) for name in names]
        meant = self._understand(names)
        self._sources: Mapping[str, Source] = meant.sources
        unreadable = self._unreadable(names)
        for column, words in unreadable.items():
            notes.errors.add(cell(self.line, column), words)
        if not unreadable:
            note_headings(self.line, names, meant, columns, self._given, notes)
        self.columns = [name for name in columns.known if name in meant.sources]
        notes.refuse()
        tell_of(self._source, self.line, self._name, notes)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that can be read; empty lines and lines below a table are passed over."""
        sources = [self._sources[name] for name in self.columns]
        places = [source[0][0] for source in sources]
        whole = all(len(source) == len(source[0]) == 1 for source in sources)
        for line, cells in self._raw_lines():
            if self._is_row(line, cells):
                texts = [cells[at] for at in places] if whole else self._joined(cells)
                yield Row(line, texts, {**self._unreadable(cells), **self._failed(texts)})

    def texts(self, column: str) -> Iterator[str]:
        """Yield what stands in a column, without a word about what is wrong."""
        if column not in self._sources:
            return
        source = self._sources[column]
        try:
            for line, cells in self._source.lines():
                if line > self.line:
                    yield _text(cells, column, source)
        except Damaged:
            return

    def _understand(self, names: Sequence[str]) -> Understood:
        return headings.understand([clean(name) for name in names], self._known, self._given)

    def _fit(self, names: Sequence[str]) -> int:
        """Return how many columns a line names."""
        return len(self._understand(names).sources)

    def _find_header(self) -> tuple[int, list[str]]:
        """Return the line that names the columns, and the names; what stands above it is told."""
        head: list[Line] = []
        try:
            head += islice(self._source.lines(), HEAD)
        except Damaged as damage:
            if not any(self._is_complete(names) for _, names in head):
                self._notes.errors.add(cell(damage.line, self._name(damage.place)), damage.words)
        if not head:
            return 1, []
        place = self._header_place([names for _, names in head])
        note_titles(head[:place], head[place][0], self._notes)
        self._first_below = head[place + 1][0] if place + 1 < len(head) else 0
        return head[place]

    def _header_place(self, lines: Sequence[Sequence[str]]) -> int:
        """Return which line names all columns needed, or else most columns, or else is no title."""
        complete = (place for place, names in enumerate(lines) if self._is_complete(names))
        best = max(range(len(lines)), key=lambda place: self._fit(lines[place]))
        if self._fit(lines[best]) < _SURELY_NAMES:
            wide = (place for place, names in enumerate(lines) if sum(map(bool, map(clean, names))) > 1)
            best = next(wide, 0) if sum(map(bool, map(clean, lines[0]))) == 1 else 0
        return next(complete, best)

    def _is_complete(self, names: Sequence[str]) -> bool:
        return self._understand(names).sources.keys() >= set(self._known.needed)

    def _raw_lines(self) -> Iterator[Line]:
        """Yield the lines below the names; stop at the first that is damaged."""
        try:
            yield from (found for found in self._source.lines() if found[0] > self.line)
        except Damaged as damage:
            self._notes.errors.add(cell(damage.line, self._name(damage.place)), damage.words)

    def _is_row(self, line: int, cells: list[str]) -> bool:
        """Return whether a line is a row that can be read, or note why not; short lines of a sheet are filled up."""
        if cells == self._names or (line == self._first_below and self._is_complete(cells)):
            note_headings_again(line, self._notes)
            return False
        if is_footer(cells):
            words = f"{echo(clean(' '.join(cells)))} is a line about the table, and not read."
            self._notes.warnings.add(cell(line, self._name(0)), words)
            return False
        if self._source.padded:
            cells += [""] * (len(self._header) - len(cells))
        fits = len(cells) == len(self._header) or self._fits(line, cells)
        return fits and not self._is_remark(line, cells)

    def _is_remark(self, line: int, cells: Sequence[str]) -> bool:
        """Return whether a line has nothing but a sentence, or tell that one word is taken for somebody's id."""
        place = alone(cells)
        if place is None or (text := clean(cells[place])) == "":
            return False
        if " " not in text and ":" not in text:
            words = f"There is nothing on this line but {echo(text)}. It is read as a row like the others."
            self._notes.warnings.add(cell(line, self._name(place)), words)
            return False
        words = (
            f"There is nothing on this line but {echo(text)}. Remove the line if it is nobody, or fill it in."
        )
        self._notes.errors.add(cell(line, self._name(place)), words)
        return True

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

    def _unreadable(self, cells: Sequence[str]) -> Mapping[str, str]:
        """Return the columns of a line whose cells hold what nobody types, and why."""
        if not self._source.suspicious and max(map(len, cells), default=0) <= LONGEST_CELL:
            return {}
        found = ((place, _unreadable(text)) for place, text in enumerate(cells))
        return {self._name(place): words for place, words in found if words is not None}

    def _joined(self, cells: Sequence[str]) -> list[str]:
        return [_text(cells, name, self._sources[name]) for name in self.columns]

    def _failed(self, texts: Sequence[str]) -> Mapping[str, str]:
        """Return the columns of a row whose cells show that a formula failed, and what to do."""
        return {
            column: _WITHOUT_RESULT if text == UNWORKED else _FORMULA_FAILED.format(shown=echo(text))
            for column, text in zip(self.columns, texts, strict=True)
            if text[:1] == "#" and text == text.upper() and _FAILED.fullmatch(text)
        }

    def _name(self, place: int) -> str:
        """Return what a column is called, or its number from 1 if it has no name that can be shown."""
        name = self._header[place] if place < len(self._header) else ""
        return name if name and name.isprintable() and len(name) <= _LONGEST_NAME else str(place + 1)


_SURELY_NAMES = 2
"""A line that names so many columns is no row by chance."""

_QUOTE = "A cell with the separator inside has to be in quotation marks."
_SAVE_AS_UTF_8 = "There is a character here that cannot be read. Save the file as “CSV UTF-8” and try again."
_FORMULA_FAILED = "This cell shows {shown}: its formula did not work. Mend or empty it."
_WITHOUT_RESULT = "The formula here has no result. Open the workbook in a spreadsheet program, and save it."
_LONGEST_NAME = 40


def _unreadable(text: str) -> str | None:
    if len(text) > LONGEST_CELL:
        return TOO_LONG
    return _SAVE_AS_UTF_8 if UNREADABLE.search(text) else None


def _text(cells: Sequence[str], column: str, source: Source) -> str:
    """Return what stands in a column, of which each part may have several places."""
    parts = (next((cells[at] for at in part if at < len(cells) and cells[at].strip()), "") for part in source)
    return headings.glue(column).join(filter(None, parts))


def clean(text: str) -> str:
    """Return a cell as it is meant: one line, no invisible characters, no apostrophe that kept it text."""
    if not text.isascii():
        seen = (char for char in text if char in _JOINERS or unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFC", "".join(seen))
    return plain(" ".join(text.split()))
