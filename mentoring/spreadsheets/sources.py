"""A file opened as text or as a workbook, and what is told about how it was read."""

from __future__ import annotations

import re
from collections.abc import Callable

from mentoring.spreadsheets.delimited import Delimited, Fit
from mentoring.spreadsheets.encoding import Decoded, Unclear, called, decode
from mentoring.spreadsheets.formats import other_format
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import Damaged, Notes, cell, echo
from mentoring.spreadsheets.workbook import Sheet, is_workbook, open_sheet

UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
"""Characters that nobody types: control, half and damaged ones."""


class Text(Delimited):
    """A file of text, and the name of its encoding if that was guessed."""

    def __init__(self, decoded: Decoded, fit: Fit) -> None:
        super().__init__(decoded.text, fit)
        self.suspicious = UNREADABLE.search(decoded.text) is not None
        self.guess = decoded.guess


def open_source(data: bytes, reading: Reading, fit: Fit) -> Text | Sheet:
    """Open a file. Raises `Damaged`, with what to do, where it cannot be read or may be read in several ways."""
    words = other_format(data)
    if words:
        raise Damaged(1, 0, words)
    if is_workbook(data):
        return open_sheet(data, reading.sheet, fit)
    try:
        return Text(decode(data, reading.encoding), fit)
    except Unclear as unclear:
        raise _unclear(unclear, fit) from None


def tell_of(source: Text | Sheet, header: int, name: Callable[[int], str], notes: Notes) -> None:
    """Tell what was assumed about a file, where somebody can see whether it is right."""
    if isinstance(source, Sheet):
        for words in source.told:
            notes.warnings.add(cell(header, name(0)), words)
    elif source.guess:
        line, place, text = _first(source, lambda text: not text.isascii())
        words = f"The file is not UTF-8. It was read as {called(source.guess)}: {echo(text)}."
        words += " If that is wrong, give the right one with --encoding."
        notes.warnings.add(cell(line, name(place)), words)


def _first(source: Delimited, wanted: Callable[[str], bool]) -> tuple[int, int, str]:
    """Return the first cell that is wanted, with its line and place."""
    try:
        for line, cells in source.lines():
            for place, text in enumerate(cells):
                if wanted(text):
                    return line, place, " ".join(text.split())
    except Damaged:
        pass
    return 1, 0, next(filter(wanted, source.text.split()), "")


def _unclear(unclear: Unclear, fit: Fit) -> Damaged:
    """Return the refusal of a file that reads well in several encodings, with one cell in each of them."""
    names = [name for name, _ in unclear.readings]
    tables = [Text(Decoded(text), fit) for _, text in unclear.readings]
    line, texts = _differing(tables)
    looks = "; ".join(f"{echo(text)} in {called(name)}" for name, text in zip(names, texts, strict=True))
    words = f"The file is not UTF-8, and it is not certain what it is. This cell may be {looks}."
    ways = f"Save the file as “CSV UTF-8”, or say which one is right, for example with --encoding {names[0]}."
    return Damaged(line, 0, f"{words} {ways}")


def _differing(tables: list[Text]) -> tuple[int, list[str]]:
    """Return the first cell that is not the same in the first two tables, as it is in all, and its line."""
    try:
        for rows in zip(*(table.lines() for table in tables), strict=False):
            for texts in zip(*(cells for _, cells in rows), strict=False):
                if texts[0] != texts[1]:
                    return rows[0][0], [" ".join(text.split()) for text in texts]
    except Damaged:
        pass
    return 1, [next((word for word in table.text.split() if not word.isascii()), "") for table in tables]
