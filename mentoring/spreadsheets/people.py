"""The people of a file as the matching takes them, or everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

from mentoring.matching import Participant
from mentoring.matching.model import MAX_CAPACITY, MAX_SHARE_LEVEL, MAX_WAITING_CYCLES
from mentoring.skills import Vocabulary, bring_together, related_skills, skill_key, starter
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.list_columns import list_readers
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, cell, echo
from mentoring.spreadsheets.table import Columns, Table, clean

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

_AS_THEY_ARE = frozenset(
    "id department manager_id time_zone hours languages guest "
    "mentor_capacity mentee_capacity waiting_cycles".split()
)
"""The columns whose cells mean what the field of that name takes."""

_REMEMBERED = 4_096
"""How many texts of one column keep their meaning at hand: most columns repeat themselves."""

Meaning = Callable[[str], Any]
Values: TypeAlias = dict[str, Any]
"""What the cells of one person mean, by column, without the empty ones."""


@dataclass(frozen=True, slots=True)
class People:
    """The people in the order of the file, their names by id, and which of their skills are related."""

    people: tuple[Participant, ...]
    names: Mapping[str, str]
    related: Mapping[str, frozenset[str]]


def read_people(
    data: bytes,
    ladder: Sequence[str],
    notes: Notes,
    apart: Sequence[str] = (),
    reading: Reading | None = None,
) -> People:
    """Return the people of a file; raise `Refused`, with all that is wrong in the notes, if anything is.

    Skills named in `apart` are never taken for another.
    """
    table = Table(data, COLUMNS, notes, reading)
    reader = _Reader(table.columns, ladder, notes, list_readers(table, apart, notes))
    for row in table:
        reader.take(*row)
    notes.refuse()
    if not reader.found:
        notes.errors.add(cell(2, "id"), "There is nobody in this file.")
        notes.refuse()
    reader.check_references()
    label = bring_together(reader.wrote(), Vocabulary([*starter().labels, *apart]))
    reader.tell_slips(label)
    people = tuple(_person(values, label) for values in reader.found.values())
    names = {person_id: values.get("name", person_id) for person_id, values in reader.found.items()}
    return People(people, names, related_skills(set(label.values())))


class _Reader:
    """Collects people row by row, with the lines they came from."""

    def __init__(
        self,
        columns: Sequence[str],
        ladder: Sequence[str],
        notes: Notes,
        lists: Mapping[str, Callable[[str], str]],
    ) -> None:
        self.found: dict[str, Values] = {}
        self._lines: dict[str, int] = {}
        self._notes = notes
        meanings = _meanings(ladder)
        self._columns = [(name, _remembering(meanings[name], lists.get(name))) for name in columns]

    def take(self, line: int, texts: Sequence[str]) -> None:
        """Add the person of a row, or note each cell that is wrong."""
        values: Values = {}
        wrong = []
        for (column, meaning), text in zip(self._columns, texts, strict=True):
            try:
                value = meaning(text)
            except CellError as problem:
                self._notes.errors.add(cell(line, column), str(problem))
                wrong.append(column)
            else:
                if value is not None:
                    values[column] = value
        if "id" not in wrong and self._is_new(line, values.get("id")) and not wrong:
            self.found[values["id"]] = values

    def _is_new(self, line: int, person_id: str | None) -> bool:
        """Return whether somebody is on a line for the first time, or note why not."""
        if person_id is None:
            self._notes.errors.add(cell(line, "id"), "Everybody needs an id.")
            return False
        if person_id in self._lines:
            words = f"{echo(person_id)} is on line {self._lines[person_id]} already."
            self._notes.errors.add(cell(line, "id"), words)
            return False
        self._lines[person_id] = line
        return True

    def check_references(self) -> None:
        """Warn of managers and people to avoid who are not in the file."""
        for person_id, values in self.found.items():
            line = self._lines[person_id]
            manager = values.get("manager_id")
            if manager and manager not in self.found:
                words = f"{echo(manager)} is not in this file. The reporting line ends there."
                self._notes.warnings.add(cell(line, "manager_id"), words)
            for other in sorted(set(values.get("avoid", ())).difference(self.found)):
                self._notes.warnings.add(cell(line, "avoid"), f"{echo(other)} is not in this file.")

    def wrote(self) -> Counter[str]:
        """Return how often each skill was written, as it was written."""
        return Counter(skill for values in self.found.values() for _, skill in _skills(values))

    def tell_slips(self, label: Mapping[str, str]) -> None:
        """Warn, once each, of skills that were taken for another because they are a letter away."""
        slips = {skill for skill in label if skill_key(skill) != skill_key(label[skill])}
        for person_id, values in self.found.items() if slips else ():
            for column, skill in sorted(_skills(values)):
                if skill in slips:
                    words = f"{echo(skill)} is read as {echo(label[skill])}."
                    self._notes.warnings.add(cell(self._lines[person_id], column), words)
                    slips.discard(skill)


def _skills(values: Values) -> Iterator[tuple[str, str]]:
    """Yield the skills of somebody as they wrote them, each with its column."""
    yield from (("shares", skill) for skill, _ in values.get("shares", ()))
    yield from (("wants", skill) for skill in values.get("wants", ()))


def _meanings(ladder: Sequence[str]) -> dict[str, Meaning]:
    """Return for each column what reads its cells, whose answer is None for an empty one."""
    capacity = partial(cells.whole, least=0, most=MAX_CAPACITY)
    readers: dict[str, Meaning] = {
        "id": cells.name,
        "name": cells.name,
        "role": cells.role,
        "level": partial(cells.level, ladder=ladder),
        "department": cells.name,
        "manager_id": cells.name,
        "time_zone": cells.time_zone,
        "hours": cells.hours,
        "languages": cells.languages,
        "shares": cells.shared,
        "wants": cells.wanted,
        "mentor_capacity": capacity,
        "mentee_capacity": capacity,
        "waiting_cycles": partial(cells.whole, least=0, most=MAX_WAITING_CYCLES),
        "avoid": cells.entries,
        "active": cells.yes_no,
        "guest": cells.yes_no,
    }
    return readers


def _remembering(meaning: Meaning, rewritten: Callable[[str], str] | None) -> Meaning:
    @lru_cache(_REMEMBERED)
    def read(text: str) -> Any:
        cleaned = clean(rewritten(text) if rewritten else text)
        return meaning(cleaned) if cleaned else None

    return read


def _person(values: Values, label: Mapping[str, str]) -> Participant:
    """Return the person of a row, with one label for each skill; empty cells get the defaults that the guide names.

    Whoever has no role teaches what they share and learns what they want.
    """
    shares, wants = values.get("shares", ()), values.get("wants", ())
    mentor, mentee = values.get("role", (bool(shares), bool(wants)))
    levels: dict[str, int] = {}
    for skill, level in shares:
        levels[label[skill]] = max(level or MAX_SHARE_LEVEL, levels.get(label[skill], 0))
    return Participant(
        mentor=mentor,
        mentee=mentee,
        level=values.get("level"),
        shares=tuple(levels),
        share_levels=tuple(levels.values()) if any(level for _, level in shares) else (),
        wants=tuple(dict.fromkeys(label[skill] for skill in wants)),
        avoid=frozenset(values.get("avoid", ())),
        available=values.get("active", True),
        **{column: value for column, value in values.items() if column in _AS_THEY_ARE},
    )
