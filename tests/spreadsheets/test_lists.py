"""Lists are split at what people put between their entries, decided for a whole column and told."""

from __future__ import annotations

import pytest

from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes
from tests.spreadsheets.builders import HEADER, people_of, warnings_of


def column(*cells: str) -> str:
    """Return a file whose people share what stands in these cells."""
    rows = (f'p{place},1,"{text}",' for place, text in enumerate(cells))
    return "\n".join([HEADER, *rows, ""])


def shared(*cells: str) -> list[tuple[str, ...]]:
    return [person.shares for person in people_of(column(*cells)).people]


@pytest.mark.parametrize(
    "text",
    [
        "SQL; Photography", "SQL;Photography;", "SQL, Photography", "SQL,Photography,", "SQL\nPhotography",
        "SQL\r\nPhotography\r\n", "SQL | Photography", "SQL|Photography", "SQL / Photography", "SQL；Photography",
        "SQL，Photography", "SQL、Photography", "SQL ／ Photography", "SQL\u2028Photography", "SQL;\nPhotography",
    ],
)  # fmt: skip
def test_every_separator(text: str) -> None:
    assert shared(text) == [("SQL", "Photography")]


@pytest.mark.parametrize(
    ("cells", "skills"),
    [
        (["UI/UX", "SQL, Excel"], [("UI/UX",), ("SQL", "Excel")]),
        (["CI/CD; SQL"], [("CI/CD", "SQL")]),
        (["Research, Development", "SQL; Excel"], [("Research, Development",), ("SQL", "Excel")]),
        (["SQL/Excel", "SQL; Excel"], [("SQL", "Excel"), ("SQL", "Excel")]),
        (["Chess/Knitting", "SQL; Excel"], [("Chess/Knitting",), ("SQL", "Excel")]),
        (["Excel (pivots, macros), SQL"], [("Excel (pivots, macros)", "SQL")]),
        (["Budgets up to 10,000"], [("Budgets up to 10,000",)]),
        (
            ["a, b", "c, d", "e, f", "g, h", "x, y; z"],
            [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"), ("x, y", "z")],
        ),
        (["a, b\nc"], [("a, b", "c")]),
        (["Excel, Chess, Go", "Go; Chess"], [("Excel", "Chess", "Go"), ("Go", "Chess")]),
        (["Poker, Chess, Go", "Go; Chess"], [("Poker", "Chess", "Go"), ("Go", "Chess")]),
        (["Poker, Go, Bridge", "Go; Chess"], [("Poker, Go, Bridge",), ("Go", "Chess")]),
        (["Chess, Poker", "Go; Chess"], [("Chess, Poker",), ("Go", "Chess")]),
    ],
)
def test_a_column_decides(cells: list[str], skills: list[tuple[str, ...]]) -> None:
    assert shared(*cells) == skills


@pytest.mark.parametrize("between", [", ", "; ", "\n", " | ", " / ", "，"])
def test_levels_stay_with_their_skills(between: str) -> None:
    (person,) = people_of(column(between.join(["AI tools:3", "SQL：1"]))).people
    assert dict(zip(person.shares, person.share_levels, strict=True)) == {"AI tools": 3, "SQL": 1}


def test_skills_that_are_known_are_not_split() -> None:
    data = column("Fish, chips and vinegar, SQL").encode()
    people = read_people(data, DEFAULT_LADDER, Notes(), ["Fish, chips and vinegar", "Fishing"])
    assert people.people[0].shares == ("Fish, chips and vinegar", "SQL")


def test_people_to_avoid_are_split_where_that_gives_people() -> None:
    text = f'{HEADER},avoid\nHR/1,1,SQL,,"b,c"\nb,2,,SQL,HR/1\nc,2,,SQL,HR/1;b\n'
    assert [person.avoid for person in people_of(text).people] == [{"b", "c"}, {"HR/1"}, {"HR/1", "b"}]


@pytest.mark.parametrize("text", ["English, German", "English/German", "en\nde", "English; Deutsch:German"])
def test_languages_are_split_at_anything(text: str) -> None:
    found = people_of(f'{HEADER},languages\na,1,SQL,,"{text}"\n').people[0].languages
    assert found >= {"en"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            ["SQL, Photography", "Excel, Chess"],
            "Lists are split at commas: “SQL, Photography” is two skills.",
        ),
        (["SQL\nExcel\nChess"], "Lists are split at line breaks: “SQL ↵ Excel ↵ Chess” is three skills."),
        (
            ["SQL, Excel", "UI/UX, CI/CD"],
            "Lists are split at commas: “SQL, Excel” is two skills. “UI/UX” stays one skill.",
        ),
        (["Research, Development", "SQL; Excel"], "“Research, Development” stays one skill."),
        (["SQL, Excel, Go", "SQL; Excel"], "Lists are split at commas: “SQL, Excel, Go” is three skills."),
        (
            ["SQL, Excel | Chess"],
            "Lists are split at vertical bars: “SQL, Excel | Chess” is two skills. “SQL, Excel” stays one skill.",
        ),
    ],
)
def test_what_was_assumed_is_told_once(cells: list[str], told: str) -> None:
    assert warnings_of(column(*cells)) == [f"line 1, column shares: {told}"]


def test_nothing_is_told_of_semicolons() -> None:
    assert warnings_of(column("SQL; Photography", "Excel")) == []
