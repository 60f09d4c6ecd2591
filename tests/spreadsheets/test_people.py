"""Cells and what they mean: every column, its spellings, its default and its errors."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.matching import Participant
from tests.spreadsheets.builders import HEADER, errors_of, people_of, warnings_of

ADD_THEM = "Add these people, with “no” in the column active if they take no part, or go on without: --allow-unknown."


def person(column: str, text: str) -> Participant:
    """Read a file with one person, whose cell in this column is the text."""
    cells = {"id": "a", "level": "1", "shares": "SQL", "wants": "AI tools", column: f'"{text}"'}
    return people_of(f"{','.join(cells)}\n{','.join(cells.values())}\n").people[0]


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("level", "3", "level", 3),
        ("level", "3.0", "level", 3),
        ("level", "VP", "level", 7),
        ("level", "lead/manager", "level", 5),
        ("level", "MANAGER", "level", 5),
        ("level", "", "level", None),
        ("department", "  Sales   North ", "department", "Sales North"),
        ("department", "'=Sales", "department", "=Sales"),
        ("manager_id", "", "manager_id", None),
        ("time_zone", "Asia/Kolkata", "time_zone", "Asia/Kolkata"),
        ("time_zone", "", "time_zone", "UTC"),
        ("hours", "09:00-17:30", "hours", (540, 1050)),
        ("hours", "9:00 – 24:00", "hours", (540, 1440)),
        ("hours", "22:00-06:00", "hours", (1320, 1800)),
        ("hours", "", "hours", (540, 1020)),
        ("languages", "English; DE ;pt-BR;Klingon", "languages", {"en", "de", "pt", "klingon"}),
        ("languages", "", "languages", {"en"}),
        ("shares", "SQL:2; Prompt writing", "shares", ("SQL", "Prompt writing")),
        ("shares", "SQL:2; Prompt writing", "share_levels", (2, 3)),
        ("shares", "SQL; Python", "share_levels", ()),
        ("shares", "sql:1; SQL : 3", "share_levels", (3,)),
        ("shares", "SQL:3; SQL:1", "share_levels", (3,)),
        ("shares", "Talks: the basics", "shares", ("Talks: the basics",)),
        ("wants", " python ;;ai TOOL; Python", "wants", ("Python", "AI tools")),
        ("mentor_capacity", "3", "mentor_capacity", 3),
        ("mentee_capacity", "0", "mentee_capacity", 0),
        ("mentee_capacity", "", "mentee_capacity", 1),
        ("waiting_cycles", "2", "waiting_cycles", 2),
        ("avoid", "a;", "avoid", {"a"}),
        ("active", "NO", "available", False),
        ("active", "0", "available", False),
        ("active", "True", "available", True),
        ("active", "", "available", True),
        ("guest", "yes", "guest", True),
        ("role", "Mentor", "mentee", False),
        ("role", "both", "mentee", True),
        ("wants", "", "mentee", False),
        ("shares", "", "mentor", False),
    ],
)
def test_what_a_cell_means(column: str, text: str, field: str, value: Any) -> None:
    assert getattr(person(column, text), field) == value


@pytest.mark.parametrize(
    ("column", "text", "error"),
    [
        ("id", "", "Everybody needs an id."),
        ("id", "x" * 201, "This is longer than 200 characters."),
        (
            "level",
            "Boss",
            "These are not levels: “Boss” (1 person). Give a number from 1, or one of: Intern/Grad",
        ),
        ("level", "0", "“0” is not a whole number from 1 to 1,000."),
        ("level", "1.5", "“1.5” is not a whole number from 1 to 1,000."),
        ("level", "9" * 5000, f"“{'9' * 40}…” is not a whole number from 1 to 1,000."),
        ("role", "boss", "“boss” is not a role. Give mentor, mentee or both."),
        ("time_zone", "europe/lisbn", "“europe/lisbn” is not a time zone. Is it Europe/Lisbon?"),
        ("time_zone", "?", "“?” is not a time zone. Give one like Europe/Lisbon."),
        ("time_zone", "Europe", "“Europe” is not a time zone."),
        ("time_zone", "../etc/passwd", "“../etc/passwd” is not a time zone."),
        ("hours", "9", "“9” is not a working day. Give it like 09:00-17:30."),
        ("hours", "09:00-09:00", "“09:00-09:00” is not a working day."),
        ("hours", "09:00-24:30", "“09:00-24:30” is not a working day."),
        ("shares", "SQL:4", "“SQL:4” has a level that is not 1, 2 or 3."),
        ("shares", ":2", "“:2”: Please name the skill with at least one letter or number."),
        ("shares", "x" * 61, f"“{'x' * 40}…”: Please keep a skill to 60 characters. This one has 61."),
        (
            "shares",
            ";".join("abcdefghi"[n % 9] + str(n) for n in range(101)),
            "There are 101 entries here, and 100",
        ),
        ("wants", "SQL:2", "“SQL:2” has a level. Wishes have none; put the most wanted first."),
        ("mentor_capacity", "-1", "“-1” is not a whole number from 0 to 10,000."),
        ("waiting_cycles", "two", "“two” is not a whole number from 0 to 10,000."),
        ("active", "perhaps", "“perhaps” is neither yes nor no. Give yes, no, true, false, 1 or 0."),
    ],
)
def test_a_cell_that_means_nothing(column: str, text: str, error: str) -> None:
    cells = {"id": "a", "level": "1", "shares": "SQL", "wants": "AI tools", column: text}
    (found,) = errors_of(f"{','.join(cells)}\n\n{','.join(cells.values())}\n")[:1]
    assert found.startswith(f"line 3, column {column}: {error}")


def test_nobody_is_there_twice() -> None:
    assert errors_of(f"{HEADER}\na,high,,\nb,1,,\na,1,,\n")[1:] == [
        "line 4, column id: “a” is on line 2 already."
    ]


def test_people_who_are_not_in_the_file_are_told() -> None:
    text = f"{HEADER},manager_id,avoid\na,1,SQL,,b,c;d\nb,2,,SQL,z,a\n"
    assert errors_of(text) == [
        f"line 2, column avoid: “c” is nobody's id in this file. {ADD_THEM}",
        "line 2, column avoid: “d” is nobody's id in this file.",
        "line 3, column manager_id: “z” is nobody's id in this file.",
    ]
    assert warnings_of(text, allow_unknown=True) == [
        "line 2, column avoid: “c” is not in this file.",
        "line 2, column avoid: “d” is not in this file.",
        "line 3, column manager_id: “z” is not in this file. The reporting line ends there.",
    ]


def test_spellings_of_a_skill_are_brought_together_and_slips_are_told_once() -> None:
    text = f"{HEADER}\na,1,Storyteling;Knitting,\nb,2,knitting,storytelings\nc,3,,Storyteling\n"
    people = people_of(text)
    assert [person.shares for person in people.people] == [("Storytelling", "Knitting"), ("Knitting",), ()]
    assert [person.wants for person in people.people] == [(), ("Storytelling",), ("Storytelling",)]
    assert warnings_of(text) == [
        "line 2, column shares: “Storyteling” is read as “Storytelling”.",
        "line 3, column wants: “storytelings” is read as “Storytelling”.",
    ]


def test_related_skills_of_the_file_are_known() -> None:
    text = f"{HEADER}\na,1,automation,\nb,3,,AI Tool\n"
    assert people_of(text).related == {"Automation": {"AI tools"}, "AI tools": {"Automation"}}


def test_the_order_of_the_lines_does_not_decide_how_a_skill_is_spelled() -> None:
    lines = ["a,1,knitting Patterns,", "b,1,Knitting patterns,", "c,1,Knitting patterns,"]
    found = {
        people_of("\n".join([HEADER, *order])).people[0].shares
        for order in (lines, lines[::-1], lines[1:] + lines[:1])
    }
    assert found == {("Knitting patterns",)}
