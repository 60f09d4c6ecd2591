"""Rows that cannot be used hold their own people back, and nobody else."""

from __future__ import annotations

import pytest

from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.people import COLUMNS, People, read_people
from mentoring.spreadsheets.remarks import Notes, Refused
from tests.spreadsheets.builders import errors_of

GOOD = {"id": "a", "level": "1", "shares": "SQL", "wants": ""}
WRONG = {
    "role": "boss",
    "level": "Boss",
    "time_zone": "Mars/Base",
    "hours": "25:00-26:00",
    "shares": "SQL:9",
    "wants": "x" * 61,
    "mentor_capacity": "-1",
    "mentee_capacity": "many",
    "waiting_cycles": "long",
    "active": "perhaps",
    "guest": "perhaps",
}
"""A cell for each column that can be wrong by itself."""

UNREADABLE = [
    *(("level", "#N/A"), ("shares", "#WERT!"), ("active", "#¿NOMBRE?"), ("department", "#REF!")),
    *(("name", "A\0da"), ("department", "x" * 20_001), ("time_zone", "\ufffd")),
]
"""Cells that no column can have."""


def file_of(*rows: dict[str, str]) -> str:
    columns = [name for name in COLUMNS.known if any(name in row for row in rows)]
    lines = [",".join(row.get(name, "") for name in columns) for row in rows]
    return "\n".join([",".join(columns), *lines, ""])


def held(text: str) -> People:
    return read_people(text.encode(), DEFAULT_LADDER, Notes(), hold_back=True)


@pytest.mark.parametrize(("column", "wrong"), [*WRONG.items(), *UNREADABLE])
def test_each_wrong_cell_holds_its_row_back_and_says_what_stops_a_run_without(
    column: str, wrong: str
) -> None:
    text = file_of(GOOD, {**GOOD, "id": "b", "manager_id": "a", column: wrong})
    found = held(text)
    assert [(row.line, row.id) for row in found.held] == [(3, "b")]
    if wrong != "Boss":  # all levels of a file are refused in one sentence
        assert [str(remark) for row in found.held for remark in row.remarks] == errors_of(text)
    people = {person.id: person for person in found.people}
    assert people["a"].available
    assert not people["b"].available
    assert people["b"].manager_id == "a"


@pytest.mark.parametrize("column", ["manager_id", "avoid"])
def test_a_reference_to_nobody_holds_its_row_back(column: str) -> None:
    """A rule that cannot be kept is not left out in silence."""
    found = held(file_of(GOOD, {**GOOD, "id": "b", column: "gone"}))
    assert [row.words for row in found.held] == [
        f"Line 3, column {column}: “gone” is nobody's id in this file."
    ]
    assert [(person.id, person.available) for person in found.people] == [("a", True), ("b", False)]


def test_levels_on_no_ladder_are_told_with_a_ladder_to_paste() -> None:
    notes = Notes()
    text = file_of(GOOD, {**GOOD, "id": "b", "level": "IC4"})
    read_people(text.encode(), DEFAULT_LADDER, notes, hold_back=True)
    assert [remark.paste for remark in notes.warnings.kept] == ['ladder = ["IC4"]']


def test_whoever_has_no_id_is_held_back_by_name() -> None:
    found = held(file_of(GOOD, {**GOOD, "id": "", "name": "Zoe"}, {**GOOD, "id": "x" * 201}))
    assert [(row.line, row.id, row.name) for row in found.held] == [(3, "", "Zoe"), (4, "", "")]
    assert [person.id for person in found.people] == ["a"]


def test_of_two_rows_with_one_id_neither_is_used() -> None:
    found = held(file_of({**GOOD, "name": "Ada"}, {**GOOD, "id": "b"}, {**GOOD, "name": "Ava"}))
    assert [(row.line, row.name, row.words) for row in found.held] == [
        (2, "Ada", "Line 2, column id: “a” is on line 4 too."),
        (4, "Ava", "Line 4, column id: “a” is on line 2 already."),
    ]
    assert [(person.id, person.available) for person in found.people] == [("a", False), ("b", True)]


@pytest.mark.parametrize(
    "text",
    [
        "id,level,shares\na,1,SQL\n",
        'id,level,shares,wants\na,1,"SQL,\n',
        "id,level,shares,wants\na,1\n",
        "id,level,shares,wants\n",
    ],
)
def test_what_is_wrong_with_the_file_as_a_whole_still_stops(text: str) -> None:
    with pytest.raises(Refused):
        held(text)


def test_without_being_asked_nobody_is_held_back() -> None:
    assert read_people(file_of(GOOD).encode(), DEFAULT_LADDER, Notes()).held == ()
    with pytest.raises(Refused):
        read_people(file_of({**GOOD, "level": "Boss"}).encode(), DEFAULT_LADDER, Notes())
