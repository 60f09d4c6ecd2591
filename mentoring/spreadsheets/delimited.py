"""Text with separators between the cells: which separator, which lines, and where quotation marks go wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from mentoring.spreadsheets.remarks import Damaged

if TYPE_CHECKING:
    import _csv

LONGEST_CELL = 20_000
"""The most characters in a cell; ten times what twenty skills at full length take."""

TOO_LONG = f"This cell is longer than {LONGEST_CELL:,} characters."
HEAD = 30
"""In so many lines with anything in them the names of the columns are looked for."""

_SEPARATORS = ",;\t|"
_LOOKED_AT = LONGEST_CELL * 10

Fit = Callable[[Sequence[str]], int]
"""How many columns a line names."""

Line = tuple[int, list[str]]
"""The number of a line, from 1, and its cells."""


class Delimited:
    """The lines of a text, however often they are asked for."""

    padded = False
    """Whether a line that ends early is one whose last cells are empty."""

    def __init__(self, text: str, fit: Fit) -> None:
        """Find out the separator: Excel may name it in a line of its own, else it is the one that fits best."""
        named = re.match(r'"?sep=([,;\t|])"?(?:\r\n|\r|\n)', text, re.IGNORECASE)
        self.text = text[named.end() :] if named else text
        self._lines_before = 1 if named else 0
        self._separator = named[1] if named else _separator(text, fit)

    def lines(self) -> Iterator[Line]:
        """Yield lines with anything in them. Raises `Damaged` at the first that is not CSV."""
        reader = _reader(self.text, self._separator, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield line + self._lines_before, cells
                line = reader.line_num + 1
        except csv.Error:
            place, words = _damage(self.text, line, self._separator)
            raise Damaged(line + self._lines_before, place, words) from None


def _reader(text: str, separator: str, *, strict: bool) -> _csv.Reader:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=strict)


def _separator(text: str, fit: Fit) -> str:
    head = text[:_LOOKED_AT]
    there = [separator for separator in _SEPARATORS if separator in head]
    return max(there, key=lambda separator: _best(head, separator, fit), default=_SEPARATORS[0])


def _best(head: str, separator: str, fit: Fit) -> tuple[int, int]:
    """Return how many columns the best line names with this separator, and how many cells it has."""
    best = (0, 0)
    filled = (cells for cells in _reader(head, separator, strict=False) if any(map(str.strip, cells)))
    try:
        for cells in islice(filled, HEAD):
            best = max(best, (fit(cells), len(cells)))
    except csv.Error:
        pass  # A cell beyond all measure; what came before it has to do.
    return best


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
            return place, TOO_LONG
        if not rest.startswith(separator, found.end()):
            break
        place, start = place + 1, found.end() + 1
    return place, "A quotation mark here has no partner, or something follows after the closing one."
