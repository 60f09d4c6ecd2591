"""Markdown: tables that can be read as they are, and the part of a document that a program writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Marks(NamedTuple):
    """The two lines of a document between which a program writes."""

    begin: str
    end: str


def table(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A table of these rows, the first being the headings; so many columns are aligned left, the others right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * width if place < left else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join(_row(row, widths, left) for row in [rows[0], rule, *rows[1:]])


def _row(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    padded = [
        cell.ljust(width) if place < left else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def write_section(document: Path, marks: Marks, text: str) -> None:
    """Put the text between the marks of a document; raises ValueError when they are not there."""
    before, begin, rest = document.read_text("utf-8").partition(marks.begin)
    _, end, after = rest.partition(marks.end)
    if not begin or not end:
        raise ValueError(f"{document.name} lacks the marks {marks.begin} and {marks.end}")
    document.write_text(f"{before}{marks.begin}\n\n{text}\n\n{marks.end}{after}", encoding="utf-8")
