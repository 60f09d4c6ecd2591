"""What there is to say about a file: where, and one plain sentence for whoever made it."""

from __future__ import annotations

from typing import NamedTuple

KEPT = 100
"""How many remarks of one kind are kept; further ones are counted."""

_LONGEST_ECHO = 40


class CellError(ValueError):
    """A cell cannot be used; the message is a plain sentence."""


class Remark(NamedTuple):
    """A sentence about one place in a file, like "line 7, column level", and a line to paste if it offers one."""

    place: str
    words: str
    paste: str = ""

    def __str__(self) -> str:
        return "\n".join(filter(None, (f"{self.place}: {self.words}", self.paste)))


class Remarks:
    """Remarks of one kind in the order of their making, the first `KEPT` of them whole."""

    def __init__(self) -> None:
        self.kept: list[Remark] = []
        self.count = 0

    def add(self, place: str, words: str) -> None:
        """Add one more."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(Remark(place, words))

    def add_first(self, place: str, words: str, paste: str) -> None:
        """Put one in front of all others, where it is kept however many there are."""
        self.count += 1
        self.kept = [Remark(place, words, paste), *self.kept][:KEPT]


class Notes:
    """All remarks about one file: with an error nothing can be done, warnings are for the reader."""

    def __init__(self) -> None:
        self.errors = Remarks()
        self.warnings = Remarks()

    def refuse(self) -> None:
        """Raise `Refused` if there is an error."""
        if self.errors.count:
            raise Refused(self.errors)


class Refused(Exception):
    """A file cannot be used, and `remarks` say why."""

    def __init__(self, remarks: Remarks) -> None:
        super().__init__("; ".join(map(str, remarks.kept)))
        self.remarks = remarks


def cell(line: int, column: str) -> str:
    """Return the place of a cell in words; lines count from 1."""
    return f"line {line}, column {column}"


def echo(text: str) -> str:
    """Return what stood in a file, short and safe to show on a terminal, in quotation marks."""
    printable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    short = printable if len(printable) <= _LONGEST_ECHO else f"{printable[:_LONGEST_ECHO]}…"
    return f"“{short}”"
