"""What a file of HR says about everybody in the company, or everything that is wrong with it.

The columns are those of a file for matching, of which level, department, manager and name are read, and `slack_id`.
What people share, want and answer is theirs to say, and nobody joins a program by standing in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256

from mentoring.ids import is_person
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.ids import Directory, NobodysId
from mentoring.spreadsheets.level_words import LevelWords
from mentoring.spreadsheets.people import COLUMNS as FOR_MATCHING
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.references import ALLOW, Unknown, tell_circles
from mentoring.spreadsheets.remarks import CellError, Notes, cell, echo
from mentoring.spreadsheets.table import Columns, Table, clean

FROM_PROFILE = "from_profile"
"""The column in which an export says which of its cells are people's own answers: they are not HR's to say."""

EVERYTHING = "everything"
"""What stands there for somebody about whom HR says nothing."""

COLUMNS = Columns(known=(*FOR_MATCHING.known, "slack_id", FROM_PROFILE), needed=("id",))

READ = ("name", "level", "department", "manager_id")
"""What is kept of each person, where the file has a column for it."""

_LOOKED_AT = frozenset((*READ, "id", "email", "slack_id", FROM_PROFILE))
_REMEMBERED = 65_536
_STAND_IN = 24
"""Hexadecimal digits of a digest: with 100,000 people, two are alike once in 10^19 companies."""


@dataclass(slots=True)
class HrRow:
    """What a line says about a person; `slack_id` is empty where only an e-mail address tells who they are.

    `facts` has what the file has a column for: empty texts for empty cells. A manager is named by the id in the file.
    """

    line: int
    id: str
    slack_id: str
    email: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class HrFile:
    """The people of a file in its order, and which facts it has a column for."""

    rows: Sequence[HrRow]
    columns: frozenset[str]

    @property
    def addresses(self) -> list[str]:
        """The e-mail addresses of those of whom only that is known."""
        return [row.email for row in self.rows if not row.slack_id]


def read_hr(
    data: bytes,
    ladders: Iterable[Sequence[str]],
    notes: Notes,
    *,
    allow_unknown: bool = False,
    reading: Reading | None = None,
    own_ladder: Sequence[str] = (),
) -> HrFile:
    """Return what a file says; raise `Refused`, with all that is wrong in the notes, if anything is.

    A level has to be on one of the programs' ladders, or a number. With an `own_ladder` of HR's, it has to be on that
    one, and is kept as its number there.
    With `allow_unknown`, managers who are nobody in the file are told, and no error.
    """
    table = Table(data, COLUMNS, notes, reading)
    programs = [tuple(ladder) for ladder in ladders]
    known = [tuple(own_ladder)] if own_ladder else programs
    reader = _Reader(table.columns, known, notes, bool(own_ladder), max(map(len, programs)))
    for line, texts, wrong in table:
        reader.take(line, dict(zip(table.columns, texts, strict=True)), wrong)
    reader.levels.tell(notes.errors)
    found = list(reader.found.values())
    reader.find_managers(found, allow_unknown)
    notes.refuse()
    if not found:
        notes.errors.add(cell(2, "id"), "There is nobody in this file.")
        notes.refuse()
    return HrFile(found, frozenset(READ) & set(table.columns))


def stand_in(address: str) -> str:
    """Return the id of somebody who has no Slack account: not their address, and the same for it each time.

    They can be in the middle of a reporting line all the same.
    """
    return f"@{sha256(address.strip().casefold().encode()).hexdigest()[:_STAND_IN]}"


def is_stand_in(person_id: str) -> bool:
    """Return whether this is the id of somebody who has no Slack account."""
    return re.fullmatch(rf"@[0-9a-f]{{{_STAND_IN}}}", person_id) is not None


def placed(file: HrFile, slack_ids: Mapping[str, str], notes: Notes) -> dict[str, dict[str, str]]:
    """Return what the file says by Slack id, managers by theirs too; `slack_ids` are those of the ids in the file.

    Raises `Refused` where two lines are about one person.
    """
    said: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for row in file.rows:
        slack_id = slack_ids[row.id]
        first = lines.setdefault(slack_id, row.line)
        if first != row.line:
            notes.errors.add(cell(row.line, "id"), f"{echo(row.id)} is the same person as on line {first}.")
        manager = row.facts.get("manager_id", "")
        own = {"manager_id": slack_ids.get(manager, manager)} if "manager_id" in row.facts else {}
        said[slack_id] = row.facts | own
    notes.refuse()
    return said


class _Reader:
    """Collects people line by line, and notes each cell that is wrong."""

    def __init__(
        self,
        columns: Sequence[str],
        ladders: Sequence[tuple[str, ...]],
        notes: Notes,
        numbered: bool,
        highest: int,
    ) -> None:
        self.found: dict[str, HrRow] = {}
        self.levels = LevelWords(ladders[0])
        self._columns = columns
        self._ladders = ladders
        self._numbered = numbered
        self._highest = highest
        self._notes = notes
        self._slack_ids: dict[str, int] = {}
        self._emails: dict[str, int] = {}
        self._level: Callable[[str], str] = lru_cache(_REMEMBERED)(self._level_of)

    def take(self, line: int, texts: Mapping[str, str], wrong: Mapping[str, str]) -> None:
        """Add the person of a line."""
        read = [column for column in wrong if column in _LOOKED_AT]
        for column in read:
            self._notes.errors.add(cell(line, column), wrong[column])
        if read:
            return
        given = {column: clean(text) for column, text in texts.items()}
        own = {entry.casefold() for entry in given.get(FROM_PROFILE, "").replace(",", ";").split(";")}
        own = {entry.strip() for entry in own}
        if EVERYTHING in own:
            return
        facts = {name: self._fact(line, name, given[name]) for name in READ if name in given}
        # What people said themselves does not become HR's by going out and coming back.
        facts.update({name: "" for name in facts if name in own})
        row = self._who(line, given, facts)
        if row is not None:
            self.found[row.id] = row

    def _fact(self, line: int, column: str, text: str) -> str:
        try:
            if column == "level":
                return self._level_at(line, text)
            return cells.person_id(text) if column == "manager_id" and text else cells.name(text)
        except CellError as problem:
            self._notes.errors.add(cell(line, column), str(problem))
            return ""

    def _level_at(self, line: int, text: str) -> str:
        if not text:
            return ""
        try:
            meant = self._level(text)
        except cells.UnknownLevel:
            self.levels.miss(line, text)
            return ""
        self.levels.know(text)
        return meant

    def _level_of(self, text: str) -> str:
        """Return the level as it is kept, if any ladder has it. Raises `CellError`."""
        problem: cells.UnknownLevel | None = None
        for ladder in self._ladders:
            try:
                number = cells.level(text, ladder)
            except cells.UnknownLevel as unknown:
                problem = unknown
                continue
            if number > self._highest:
                raise CellError(
                    f"{echo(text)} is above the program's ladder, which has {self._highest} levels."
                )
            return str(number) if self._numbered else text
        assert problem is not None, "there is a ladder"
        raise problem

    def _who(self, line: int, given: Mapping[str, str], facts: dict[str, str]) -> HrRow | None:
        """Return whose line it is, or None after noting why nobody can tell."""
        person_id, email = given.get("id", ""), given.get("email", "")
        slack_id = given.get("slack_id", "")
        if not slack_id and (is_person(person_id) or is_stand_in(person_id)):
            slack_id = person_id
        email = email or (person_id if "@" in person_id else "")
        wrong = self._unclear(person_id, slack_id, email) or self._taken(line, person_id, slack_id, email)
        if wrong is None:
            return HrRow(line, person_id, slack_id, email, facts)
        column, words = wrong
        self._notes.errors.add(cell(line, column if column in self._columns else "id"), words)
        return None

    def _unclear(self, person_id: str, slack_id: str, email: str) -> tuple[str, str] | None:
        """Return the column in which it is not said who is meant, and what to do."""
        if not person_id:
            return "id", "Everybody needs an id."
        try:
            cells.person_id(person_id)
        except CellError as problem:
            return "id", str(problem)
        if slack_id and not (is_person(slack_id) or is_stand_in(slack_id)):
            return "slack_id", f"{echo(slack_id)} is no Slack id. One looks like U024BE7LH."
        known = slack_id or "@" in email
        return None if known else ("id", _WHO.format(shown=echo(person_id)))

    def _taken(self, line: int, person_id: str, slack_id: str, email: str) -> tuple[str, str] | None:
        """Return the column with something that stands on an earlier line, and which that is."""
        if person_id in self.found:
            return "id", f"{echo(person_id)} is on line {self.found[person_id].line} already."
        taken, key = (self._slack_ids, slack_id) if slack_id else (self._emails, email.casefold())
        first = taken.setdefault(key, line)
        column = "slack_id" if slack_id else "email"
        return None if first == line else (column, f"{echo(slack_id or email)} is on line {first} already.")

    def find_managers(self, rows: Sequence[HrRow], allow_unknown: bool) -> None:
        """Put the id in the file in the place of what is written for a manager; note who is nobody."""
        directory = Directory(
            {row.id: row.facts.get("name") or row.id for row in rows},
            {row.id: row.email for row in rows if row.email},
        )
        by_slack_id = {row.slack_id: row.id for row in rows if row.slack_id}
        unknown = Unknown(f"Add these people, or go on without: {ALLOW}.")
        find = lru_cache(_REMEMBERED)(partial(_found, directory, by_slack_id))
        for row in rows:
            reference = row.facts.get("manager_id")
            if not reference:
                continue
            try:
                manager = find(reference)
            except NobodysId:
                unknown.add(row.line, "manager_id", reference)
                manager = ""
            except CellError as problem:
                self._notes.errors.add(cell(row.line, "manager_id"), str(problem))
                manager = ""
            row.facts["manager_id"] = "" if manager == row.id else manager
        if allow_unknown:
            unknown.tell(self._notes.warnings, {"manager_id": " The reporting line ends there."})
        else:
            unknown.tell(self._notes.errors)
        managers = {row.id: {"manager_id": row.facts.get("manager_id") or None} for row in rows}
        tell_circles(managers, {row.id: row.line for row in rows}, self._notes)
        for words in directory.told():
            self._notes.warnings.add(cell(rows[0].line, "manager_id"), words)


_WHO = (
    "Nobody can tell who {shown} is in Slack. Give their Slack id in a column slack_id, or their address in a column "
    "email."
)


def _found(directory: Directory, by_slack_id: Mapping[str, str], reference: str) -> str:
    """Return the id in the file of a manager; the Slack id of somebody who is not in it stays as it is."""
    if reference in by_slack_id:
        return by_slack_id[reference]
    try:
        return directory.find(reference)
    except NobodysId:
        if is_person(reference):
            return reference
        raise
