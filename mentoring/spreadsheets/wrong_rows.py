"""Rows with cells that cannot be used: they stop everything, or only hold their people back."""

from __future__ import annotations

from typing import Any

from mentoring.spreadsheets.aside import Held
from mentoring.spreadsheets.remarks import Notes, Remark, cell


class WrongRows:
    """Rows with cells that are wrong: errors of the file, or, with `hold_back`, what holds their people back."""

    def __init__(self, notes: Notes, hold_back: bool) -> None:
        self._notes = notes
        self.hold_back = hold_back
        self._remarks: dict[int, list[Remark]] = {}
        self._values: dict[int, dict[str, Any]] = {}

    def wrong(self, line: int, column: str, words: str, values: dict[str, Any]) -> None:
        """Take down what is wrong with a cell, in the row that has these values."""
        self._remarks.setdefault(line, []).append(Remark(cell(line, column), words))
        self._values[line] = values
        if not self.hold_back:
            self._notes.errors.add(cell(line, column), words)

    def doubt(self, line: int, column: str, words: str, values: dict[str, Any]) -> None:
        """Take down that a row cannot be used either, which is said only where rows are held back."""
        if self.hold_back:
            self.wrong(line, column, words, values)

    def is_wrong(self, line: int, column: str) -> bool:
        """Return whether something is wrong with a cell."""
        return any(remark.place == cell(line, column) for remark in self._remarks.get(line, ()))

    def held(self) -> tuple[Held, ...]:
        """Return the rows held back, in the order of the file; their people are not active any more."""
        for values in self._values.values():
            values["active"] = False
        return tuple(
            Held(
                line,
                values.get("id", ""),
                values.get("name", values.get("id", "")),
                tuple(self._remarks[line]),
            )
            for line, values in sorted(self._values.items())
        )
