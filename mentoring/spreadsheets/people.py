"""The people of a file as the matching takes them, or everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from mentoring.matching import Participant
from mentoring.matching.model import MAX_CAPACITY, MAX_SHARE_LEVEL, MAX_WAITING_CYCLES
from mentoring.skills import Vocabulary, bring_together, related_skills, skill_key, starter
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.remarks import CellError, Notes, cell, echo
from mentoring.spreadsheets.table import Columns, Row, Table

COLUMNS = Columns(
    known=(
        "id",
        "name",
        "role",
        "level",
        "department",
        "manager_id",
        "time_zone",
        "hours",
        "languages",
        "shares",
        "wants",
        "mentor_capacity",
        "mentee_capacity",
        "waiting_cycles",
        "avoid",
        "active",
        "guest",
    ),
    needed=("id", "level", "shares", "wants"),
)

_REMEMBERED = 4_096
"""How many texts of one column keep their meaning at hand: most columns repeat themselves."""

Meaning = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class People:
    """The people in the order of the file, their names by id, and which of their skills are related."""

    people: tuple[Participant, ...]
    names: Mapping[str, str]
    related: Mapping[str, frozenset[str]]


def read_people(data: bytes, ladder: Sequence[str], notes: Notes, apart: Sequence[str] = ()) -> People:
    """Return the people of a file; raise `Refused`, with all that is wrong in the notes, if anything is.

    Skills named in `apart` are never taken for another.
    """
    reader = _Reader(ladder, notes)
    for row in Table(data, COLUMNS, notes):
        reader.take(row)
    notes.refuse()
    if not reader.people:
        notes.errors.add(cell(2, "id"), "There is nobody in this file.")
        notes.refuse()
    reader.check_references()
    words = Vocabulary([*starter().labels, *apart])
    people = _with_one_spelling(list(reader.people.values()), words, reader, notes)
    skills = {skill for person in people for skill in (*person.shares, *person.wants)}
    return People(people, reader.names, related_skills(skills))


class _Reader:
    """Collects people row by row, with the lines they came from."""

    def __init__(self, ladder: Sequence[str], notes: Notes) -> None:
        self.people: dict[str, Participant] = {}
        self.names: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self._notes = notes
        self._meanings = _meanings(ladder)

    def take(self, row: Row) -> None:
        """Add the person of a row, or note each cell that is wrong."""
        values = {column: self._value(row.line, column, text) for column, text in row.cells.items() if text}
        person_id = values.get("id")
        if not row.cells["id"]:
            self._notes.errors.add(cell(row.line, "id"), "Everybody needs an id.")
        elif person_id in self.lines:
            words = f"{echo(person_id)} is on line {self.lines[person_id]} already."
            self._notes.errors.add(cell(row.line, "id"), words)
        elif person_id:
            self.lines[person_id] = row.line
            if None not in values.values():
                self.people[person_id] = _person(values)
                self.names[person_id] = values.get("name", person_id)

    def check_references(self) -> None:
        """Warn of managers and people to avoid who are not in the file."""
        for person in self.people.values():
            line = self.lines[person.id]
            if person.manager_id and person.manager_id not in self.people:
                words = f"{echo(person.manager_id)} is not in this file. The reporting line ends there."
                self._notes.warnings.add(cell(line, "manager_id"), words)
            for other in sorted(other for other in person.avoid if other not in self.people):
                self._notes.warnings.add(cell(line, "avoid"), f"{echo(other)} is not in this file.")

    def _value(self, line: int, column: str, text: str) -> Any:
        """Return what a cell means, or None after noting why it means nothing."""
        try:
            return self._meanings[column](text)
        except CellError as problem:
            self._notes.errors.add(cell(line, column), str(problem))
            return None


def _meanings(ladder: Sequence[str]) -> dict[str, Meaning]:
    capacity = partial(cells.whole, least=0, most=MAX_CAPACITY)
    repeating: dict[str, Meaning] = {
        "role": cells.role,
        "level": partial(cells.level, ladder=ladder),
        "department": cells.name,
        "time_zone": cells.time_zone,
        "hours": cells.hours,
        "languages": cells.languages,
        "mentor_capacity": capacity,
        "mentee_capacity": capacity,
        "waiting_cycles": partial(cells.whole, least=0, most=MAX_WAITING_CYCLES),
        "active": cells.yes_no,
        "guest": cells.yes_no,
        "shares": cells.shared,
        "wants": cells.wanted,
    }
    return {
        "id": cells.name,
        "name": cells.name,
        "manager_id": cells.name,
        "avoid": cells.entries,
        **{column: lru_cache(_REMEMBERED)(meaning) for column, meaning in repeating.items()},
    }


def _person(values: Mapping[str, Any]) -> Participant:
    """Return the person of a row whose cells are all fine; empty ones get the defaults that the guide names.

    Whoever has no role teaches what they share and learns what they want.
    """
    shares, wants = dict(values.get("shares", ())), values.get("wants", ())
    mentor, mentee = values.get("role", (bool(shares), bool(wants)))
    levels = tuple(level or MAX_SHARE_LEVEL for level in shares.values())
    simple = ("id", "department", "manager_id", "time_zone", "hours", "languages", "guest")
    numbers = ("mentor_capacity", "mentee_capacity", "waiting_cycles")
    return Participant(
        mentor=mentor,
        mentee=mentee,
        level=values.get("level"),
        shares=tuple(shares),
        share_levels=levels if any(shares.values()) else (),
        wants=wants,
        avoid=frozenset(values.get("avoid", ())),
        available=values.get("active", True),
        **{column: values[column] for column in (*simple, *numbers) if column in values},
    )


def _with_one_spelling(
    people: list[Participant], words: Vocabulary, reader: _Reader, notes: Notes
) -> tuple[Participant, ...]:
    """Return the people with one label for each skill, however each of them spelled it."""
    wrote = Counter(skill for person in people for skill in (*person.shares, *person.wants))
    label = bring_together(wrote, words)
    _tell_slips(people, label, reader, notes)
    return tuple(_relabeled(person, label) for person in people)


def _relabeled(person: Participant, label: Mapping[str, str]) -> Participant:
    levels: dict[str, int] = {}
    for skill, level in zip(person.shares, person.share_levels or (0,) * len(person.shares), strict=True):
        levels[label[skill]] = max(level, levels.get(label[skill], 0))
    return replace(
        person,
        shares=tuple(levels),
        share_levels=tuple(levels.values()) if person.share_levels else (),
        wants=tuple(dict.fromkeys(label[skill] for skill in person.wants)),
    )


def _tell_slips(
    people: Sequence[Participant], label: Mapping[str, str], reader: _Reader, notes: Notes
) -> None:
    """Warn, once each, of skills that were taken for another because they are a letter away."""
    slips = {skill for skill in label if skill_key(skill) != skill_key(label[skill])}
    for person in people if slips else ():
        for column, skills in (("shares", person.shares), ("wants", person.wants)):
            for skill in sorted(slips.intersection(skills)):
                words = f"{echo(skill)} is read as {echo(label[skill])}."
                notes.warnings.add(cell(reader.lines[person.id], column), words)
                slips.discard(skill)
