"""Pairs of earlier cycles from a file, such as the results of the last one."""

from __future__ import annotations

from collections.abc import Sequence

from mentoring.matching import PastPair
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.ids import Directory, NobodysId
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.references import ALLOW, Unknown
from mentoring.spreadsheets.remarks import CellError, Notes, cell
from mentoring.spreadsheets.table import Columns, Row, Table, clean

COLUMNS = Columns(
    known=("mentor_id", "mentee_id", "cycles_ago"),
    needed=("mentor_id", "mentee_id"),
    passed_over=("mentor", "mentee", "score", "why"),
)

LONGEST_AGO = 10_000


def read_history(
    data: bytes,
    notes: Notes,
    directory: Directory | None = None,
    *,
    allow_unknown: bool = False,
    reading: Reading | None = None,
) -> list[PastPair]:
    """Return the pairs of a file; raise `Refused`, with all that is wrong in the notes, if anything is.

    A pair without `cycles_ago` was one of the last cycle. With a directory, everybody in it has to be one of its
    people, unless `allow_unknown`: then those who are not are told.
    """
    table = Table(data, COLUMNS, notes, reading)
    reader = _Reader(directory, notes)
    found = [reader.pair(row, table.columns) for row in table]
    reader.tell(allow_unknown=allow_unknown)
    notes.refuse()
    return found


class _Reader:
    """Reads pairs row by row, and keeps who in them is unknown."""

    def __init__(self, directory: Directory | None, notes: Notes) -> None:
        self._directory = directory
        self._notes = notes
        self._unknown = Unknown(
            "Leave people who have left in that file, with “no” in the column active, "
            f"or go on without them: {ALLOW}.",
            "among the people",
        )

    def pair(self, row: Row, columns: Sequence[str]) -> PastPair:
        """Return the pair of a row, or note what is wrong with it."""
        line, texts, wrong = row
        for column, words in wrong.items():
            self._notes.errors.add(cell(line, column), words)
        values = dict(zip(columns, map(clean, texts), strict=True))
        for column in COLUMNS.needed:
            if not values[column]:
                self._notes.errors.add(cell(line, column), "A pair has two people. Give the id.")
        mentor_id, mentee_id = (self._person(line, column, values[column]) for column in COLUMNS.needed)
        if mentor_id and mentor_id == mentee_id:
            self._notes.errors.add(cell(line, "mentee_id"), "Nobody can be their own mentor.")
        return PastPair(mentor_id, mentee_id, _cycles_ago(line, values.get("cycles_ago", ""), self._notes))

    def _person(self, line: int, column: str, reference: str) -> str:
        if self._directory is None or not reference:
            return reference
        try:
            return self._directory.find(reference)
        except NobodysId:
            self._unknown.add(line, column, reference)
        except CellError as problem:
            self._notes.errors.add(cell(line, column), str(problem))
        return reference

    def tell(self, *, allow_unknown: bool) -> None:
        """Tell who is unknown, and what was taken for somebody's id."""
        if allow_unknown:
            self._unknown.tell(self._notes.warnings, {})
        else:
            self._unknown.tell(self._notes.errors)
        for words in self._directory.told() if self._directory else ():
            self._notes.warnings.add(cell(2, "mentor_id"), words)


def _cycles_ago(line: int, text: str, notes: Notes) -> int:
    try:
        return cells.whole(text or "1", 1, LONGEST_AGO)
    except CellError as problem:
        notes.errors.add(cell(line, "cycles_ago"), str(problem))
        return 1
