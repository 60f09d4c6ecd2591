"""References between the people of a file: managers and people to avoid become ids, or are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mentoring.spreadsheets.ids import Directory, NobodysId
from mentoring.spreadsheets.remarks import CellError, Notes, Remarks, cell, echo
from mentoring.spreadsheets.wrong_rows import WrongRows

ALLOW = "--allow-unknown"
"""The option of the command with which references to nobody are only told."""

_SHOWN = 6


class Unknown:
    """References to nobody: each is told once, with the place where it is first."""

    def __init__(self, advice: str, where: str = "in this file") -> None:
        self._advice = advice
        self._where = where
        self._places: dict[tuple[str, str], list[int]] = {}

    def add(self, line: int, column: str, reference: str) -> None:
        """Keep one more."""
        self._places.setdefault((column, reference), []).append(line)

    def tell(self, remarks: Remarks, consequence: Mapping[str, str] | None = None) -> None:
        """Tell all of them, the advice with the first, or what follows where it is known to be wanted so."""
        for number, ((column, reference), lines) in enumerate(self._places.items()):
            more = (
                f" The same is on {len(lines) - 1:,} more {'line' if len(lines) == 2 else 'lines'}."
                if lines[1:]
                else ""
            )
            words = f"{echo(reference)} is nobody's id {self._where}.{more}"
            if consequence is None:
                words += f" {self._advice}" if not number else ""
            else:
                words = f"{echo(reference)} is not {self._where}.{more}{consequence.get(column, '')}"
            remarks.add(cell(lines[0], column), words)


def resolve(
    found: Mapping[str, dict[str, Any]],
    lines: Mapping[str, int],
    notes: Notes,
    rows: WrongRows,
    *,
    allow_unknown: bool,
) -> Directory:
    """Put the ids of people in the place of what was written for them, and tell what is not as it should be."""
    directory = Directory(
        {person_id: values.get("name", person_id) for person_id, values in found.items()},
        {person_id: values["email"] for person_id, values in found.items() if "email" in values},
    )
    unknown = Unknown(
        f"Add these people, with “no” in the column active if they take no part, or go on without: {ALLOW}."
    )
    for person_id, values in found.items():
        line = lines[person_id]
        finder = _finder(directory, line, values, rows, unknown, allow_unknown)
        if "manager_id" in values:
            values["manager_id"] = finder("manager_id", values["manager_id"])
            if values["manager_id"] == person_id:
                values["manager_id"] = None
                notes.warnings.add(
                    cell(line, "manager_id"), f"{echo(person_id)} is named as their own manager. {_TOP}"
                )
        if "avoid" in values:
            values["avoid"] = [finder("avoid", one) for one in dict.fromkeys(values["avoid"])]
    if allow_unknown:
        unknown.tell(notes.warnings, {"manager_id": " The reporting line ends there."})
    elif not rows.hold_back:
        unknown.tell(notes.errors)
    first = min(lines.values(), default=2)
    for words in directory.told():
        notes.warnings.add(cell(first, "id"), words)
    _tell_alike(directory, lines, notes)
    tell_circles(found, lines, notes)
    return directory


_TOP = "Nobody is taken to be above them. If somebody is, put that person's id here."


def _finder(
    directory: Directory,
    line: int,
    values: dict[str, Any],
    rows: WrongRows,
    unknown: Unknown,
    allow_unknown: bool,
) -> Callable[[str, str], str]:
    """Return what finds the person that a cell of this line means; who cannot be found stays as written."""

    def find(column: str, reference: str) -> str:
        try:
            return directory.find(reference)
        except NobodysId as problem:
            unknown.add(line, column, reference)
            if not allow_unknown:
                rows.doubt(line, column, str(problem), values)
        except CellError as problem:
            rows.wrong(line, column, str(problem), values)
        return reference

    return find


def _tell_alike(directory: Directory, lines: Mapping[str, int], notes: Notes) -> None:
    for ids in directory.alike:
        shown = " and ".join(map(echo, ids[:_SHOWN]))
        words = f"{shown} are taken as {len(ids)} people, though their ids are nearly the same."
        notes.warnings.add(cell(lines[ids[-1]], "id"), words)


def tell_circles(found: Mapping[str, Mapping[str, Any]], lines: Mapping[str, int], notes: Notes) -> None:
    """Warn of people who are above themselves, each circle once."""
    above = {person_id: values.get("manager_id") for person_id, values in found.items()}
    for circle in _circles(above):
        shown = ", ".join(map(echo, circle[:_SHOWN])) + (" and others" if len(circle) > _SHOWN else "")
        words = (
            f"The reporting line goes in a circle: {shown}. "
            "Nobody in it, or below it, is paired with anybody in it. Leave the cell of whoever is at the top empty."
        )
        notes.warnings.add(cell(lines[circle[0]], "manager_id"), words)


def _circles(above: Mapping[str, str | None]) -> Iterable[list[str]]:
    """Yield each circle from somebody in it upwards."""
    seen: set[str] = set()
    for start in above:
        walk: dict[str, None] = {}
        here: str | None = start
        while here is not None and here in above and here not in seen:
            seen.add(here)
            walk[here] = None
            here = above[here]
        if here in walk:
            order = list(walk)
            yield order[order.index(str(here)) :]
