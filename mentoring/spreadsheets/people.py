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
from mentoring.spreadsheets.aside import Held
from mentoring.spreadsheets.ids import Directory
from mentoring.spreadsheets.level_words import LevelWords
from mentoring.spreadsheets.list_columns import list_readers
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.references import resolve
from mentoring.spreadsheets.remarks import CellError, Notes, cell, echo
from mentoring.spreadsheets.table import Columns, Table, clean
from mentoring.spreadsheets.wrong_rows import WrongRows

COLUMNS = Columns(
    known=(
        "id",
        "name",
        "email",
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

_READINGS = 12
"""How many readings of one column are told word for word."""

_TOLD: dict[str, Callable[[str, Any], str]] = {"time_zone": cells.zone_remark, "hours": cells.hours_remark}
"""The columns in which it is told what a text was read as."""

Meaning = Callable[[str], Any]
Values: TypeAlias = dict[str, Any]
"""What the cells of one person mean, by column, without the empty ones."""


@dataclass(frozen=True, slots=True)
class People:
    """The people in the order of the file, which of their skills are related, and who is meant by an id.

    `held` are rows that cannot be used. Whoever has an id is among the people too, and not available.
    """

    people: tuple[Participant, ...]
    names: Mapping[str, str]
    related: Mapping[str, frozenset[str]]
    directory: Directory
    held: tuple[Held, ...] = ()


def read_people(
    data: bytes,
    ladder: Sequence[str],
    notes: Notes,
    apart: Sequence[str] = (),
    hold_back: bool = False,
    *,
    allow_unknown: bool = False,
    reading: Reading | None = None,
) -> People:
    """Return the people of a file; raise `Refused`, with all that is wrong in the notes, if anything is.

    Skills named in `apart` are never taken for another. With `hold_back`, cells that are wrong only hold the people
    of their rows back. With `allow_unknown`, managers and people to avoid who are not in the file are told, and no
    error.
    """
    table = Table(data, COLUMNS, notes, reading)
    reader = _Reader(table.columns, ladder, notes, list_readers(table, apart, notes), hold_back)
    for row in table:
        reader.take(*row)
    whole = not notes.errors.count
    reader.levels.tell(notes.warnings if hold_back else notes.errors)
    if not whole:
        notes.refuse()
    directory = reader.resolve(allow_unknown=allow_unknown)
    notes.refuse()
    if not reader.found:
        notes.errors.add(cell(2, "id"), "There is nobody in this file.")
        notes.refuse()
    reader.tell_readings()
    label = bring_together(reader.wrote(), Vocabulary([*starter().labels, *apart]))
    reader.tell_slips(label)
    held = reader.held()
    people = tuple(_person(values, label) for values in reader.found.values())
    return People(people, directory.names, related_skills(set(label.values())), directory, held)


class _Reader:
    """Collects people row by row, with the lines they came from."""

    def __init__(
        self,
        columns: Sequence[str],
        ladder: Sequence[str],
        notes: Notes,
        lists: Mapping[str, Callable[[str], str]],
        hold_back: bool,
    ) -> None:
        self.found: dict[str, Values] = {}
        self.levels = LevelWords(ladder)
        self._lines: dict[str, int] = {}
        self._read: dict[str, dict[str, tuple[int, Any]]] = {column: {} for column in _TOLD}
        self._notes = notes
        self._rows = WrongRows(notes, hold_back)
        meanings = _meanings(ladder)
        self._columns = [(name, _remembering(meanings[name], lists.get(name))) for name in columns]

    def take(self, line: int, texts: Sequence[str], wrong: Mapping[str, str]) -> None:
        """Add the person of a row, and note each cell that is wrong, also those that are known to be."""
        values: Values = {}
        for column, words in wrong.items():
            self._rows.wrong(line, column, words, values)
        for (column, meaning), text in zip(self._columns, texts, strict=True):
            if column not in wrong:
                self._put(line, column, meaning, text, values)
        if self._is_new(line, values):
            self.found[values["id"]] = values

    def _put(self, line: int, column: str, meaning: Meaning, text: str, values: Values) -> None:
        """Add what a cell means to the values of its row, or note what is wrong with it."""
        try:
            value = meaning(text)
        except cells.UnknownLevel as problem:
            # The person is known all the same, so that whoever refers to them is not told otherwise.
            self.levels.miss(line, clean(text))
            self._rows.doubt(line, column, str(problem), values)
        except CellError as problem:
            self._rows.wrong(line, column, str(problem), values)
        else:
            if value is not None:
                values[column] = value
                self._keep(line, column, text, value)

    def _is_new(self, line: int, values: Values) -> bool:
        """Return whether somebody is on a line for the first time, or note why not."""
        person_id = values.get("id")
        if person_id is None:
            if not self._rows.is_wrong(line, "id"):
                self._rows.wrong(line, "id", "Everybody needs an id.", values)
            return False
        first = self._lines.setdefault(person_id, line)
        if first != line:
            self._rows.wrong(line, "id", f"{echo(person_id)} is on line {first} already.", values)
            self._rows.doubt(first, "id", f"{echo(person_id)} is on line {line} too.", self.found[person_id])
        return first == line

    def held(self) -> tuple[Held, ...]:
        """Return the rows held back, in the order of the file, after making their people not available."""
        return self._rows.held()

    def _keep(self, line: int, column: str, text: str, value: Any) -> None:
        """Remember what was written for a level, a time zone or working hours."""
        if column == "level":
            self.levels.know(clean(text))
        elif column in _TOLD:
            self._read[column].setdefault(text, (line, value))

    def resolve(self, *, allow_unknown: bool) -> Directory:
        """Put ids in the place of what was written for managers and people to avoid."""
        return resolve(self.found, self._lines, self._notes, self._rows, allow_unknown=allow_unknown)

    def tell_readings(self) -> None:
        """Tell once for each column what was read as something else than was written."""
        for column, remark in _TOLD.items():
            found = [
                (line, words)
                for text, (line, value) in self._read[column].items()
                if (words := remark(clean(text), value))
            ]
            if found:
                shown = "; ".join(dict.fromkeys(words for _, words in found[:_READINGS]))
                more = f"; and {len(found) - _READINGS:,} more" if len(found) > _READINGS else ""
                self._notes.warnings.add(cell(found[0][0], column), f"These are read so: {shown}{more}.")

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
        "id": cells.person_id,
        "name": cells.name,
        "email": cells.name,
        "role": cells.role,
        "level": partial(cells.level, ladder=ladder),
        "department": cells.name,
        "manager_id": cells.person_id,
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
