"""Pairs of earlier cycles from a file, such as the results of the last one."""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.matching import PastPair
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, cell
from mentoring.spreadsheets.table import Columns, Table, clean

COLUMNS = Columns(
    known=("mentor_id", "mentee_id", "cycles_ago"),
    needed=("mentor_id", "mentee_id"),
    passed_over=("score", "why"),
)

LONGEST_AGO = 10_000


def read_history(data: bytes, notes: Notes, reading: Reading | None = None) -> list[PastPair]:
    """Return the pairs of a file; raise `Refused`, with all that is wrong in the notes, if anything is.

    A pair without `cycles_ago` was one of the last cycle. People who have left since may be in it.
    """
    table = Table(data, COLUMNS, notes, reading)
    found = [
        _past(line, dict(zip(table.columns, map(clean, cells), strict=True)), notes) for line, cells in table
    ]
    notes.refuse()
    return found


def _past(line: int, row: Mapping[str, str], notes: Notes) -> PastPair:
    for column in COLUMNS.needed:
        if not row[column]:
            notes.errors.add(cell(line, column), "A pair has two people. Give the id.")
    if row["mentor_id"] and row["mentor_id"] == row["mentee_id"]:
        notes.errors.add(cell(line, "mentee_id"), "Nobody can be their own mentor.")
    return PastPair(row["mentor_id"], row["mentee_id"], _cycles_ago(line, row.get("cycles_ago", ""), notes))


def _cycles_ago(line: int, text: str, notes: Notes) -> int:
    try:
        return cells.whole(text or "1", 1, LONGEST_AGO)
    except CellError as problem:
        notes.errors.add(cell(line, "cycles_ago"), str(problem))
        return 1
