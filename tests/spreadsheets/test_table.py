"""Separators, first lines, damaged lines: found out, or named with line and column."""

from __future__ import annotations

import pytest

from tests.spreadsheets.builders import GOOD, HEADER, errors_of, people_of, warnings_of

QUOTE = "A quotation mark here has no partner, or something follows after the closing one."


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(separator: str, newline: str) -> None:
    text = GOOD.replace(",", separator).replace("\n", newline)
    assert people_of(text) == people_of(GOOD)


@pytest.mark.parametrize(
    "text", [f"sep=;\n{GOOD.replace(',', ';')}", f'"sep=,"\r\n{GOOD}', f"\n \n{GOOD}\n,,,\n\n"]
)
def test_hints_for_excel_and_empty_lines_are_passed_over(text: str) -> None:
    assert people_of(text) == people_of(GOOD)


def test_names_of_columns_in_other_spellings() -> None:
    text = "ID, Time Zone ,LEVEL,Shares,wants,Manager-ID\na,Asia/Tokyo,1,SQL,,b\nb,UTC,2,,SQL,\n"
    first, _ = people_of(text).people
    assert (first.time_zone, first.manager_id) == ("Asia/Tokyo", "b")


def test_quoted_cells_hold_separators_and_line_ends() -> None:
    text = f'{HEADER},name\na,1,"SQL; AI tools",,"Ada\nBrook ""B"", PhD"\nb,3,, "SQL;Python",\n'
    people = people_of(text)
    assert people.names["a"] == 'Ada Brook "B", PhD'
    assert people.people[0].shares == ("SQL", "AI tools")
    assert people.people[1].wants == ("SQL", "Python")


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = f'sep=,\n{HEADER},name\na,1,SQL,,"two\nlines"\n\nb,high,,SQL,\n'
    assert [error.split(":")[0] for error in errors_of(text)] == ["line 6, column level"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "",
            "line 1, column id: This column is missing. The first line of the file has to name the columns.",
        ),
        (
            "id,level,shares\n",
            "line 1, column wants: This column is missing. The first line of the file has to",
        ),
        (
            "id,level,shares,wants,ID\n",
            "line 1, column id: Two columns have this name. Rename or remove one.",
        ),
        (f"{HEADER}\n", "line 2, column id: There is nobody in this file."),
        (f"{HEADER}\na,1\n", "line 2, column shares: The line ends before this column: it has 2 of 4 cells."),
        (
            f"{HEADER}\na,1,SQL,,x\n",
            "line 2, column 5: There are 5 cells for 4 columns. A cell with the separator",
        ),
        (f'{HEADER}\na,1,"SQL,\nb,2,,\n', f"line 2, column shares: {QUOTE}"),
        (f'{HEADER}\nb,2,,SQL\na,1,"SQL" or so,\n', f"line 3, column shares: {QUOTE}"),
        ('id,"level', f"line 1, column 2: {QUOTE}"),
        (
            f"{HEADER}\na\0,1,SQL,\n",
            "line 2, column id: There is a character here that cannot be read. Save the",
        ),
        (f"{HEADER},x\x1b[2J\n", "line 1, column 5: There is a character here that cannot be read. Save the"),
        (
            f"{HEADER}\na,1,{'x' * 20_001},\n",
            "line 2, column shares: This cell is longer than 20,000 characters.",
        ),
        (
            f"{HEADER}\na,1,{'x' * 200_000},\n",
            "line 2, column shares: This cell is longer than 20,000 characters.",
        ),
        (
            f"{HEADER}\na,1,,{'x' * 1_000_000}",
            "line 2, column wants: This cell is longer than 20,000 characters.",
        ),
    ],
)
def test_damage_is_named_where_it_is(text: str, error: str) -> None:
    assert errors_of(text)[0].startswith(error)


def test_a_workbook_is_recognized() -> None:
    assert errors_of(b"PK\x03\x04" + bytes(50)) == [
        "line 1, column id: This is a workbook. Save its sheet as CSV, and use that file."
    ]


def test_bytes_that_cannot_be_read_are_named_where_they_are() -> None:
    data = GOOD.encode().replace(b"b,4", b"b\x81,4") + "ë,2,é,\n".encode("cp1252")
    assert [error.split(":")[0] for error in errors_of(data)] == ["line 3, column id"]


def test_columns_that_are_not_read_are_told() -> None:
    text = f"{HEADER},timezone,shoe size,\na,1,SQL,,UTC,42,\n"
    assert warnings_of(text) == [
        "line 1, column timezone: “timezone” is not known, so the column is not read. Is it time_zone?",
        "line 1, column shoe_size: “shoe_size” is not known, so the column is not read.",
        "line 1, column 7: This column has no name and is not read.",
    ]


def test_all_damage_is_told_at_once_up_to_a_limit() -> None:
    errors = errors_of(f"{HEADER}\n" + "a,0,:9,\n" * 80)
    assert len(errors) == 100
    assert errors[:2] == [
        "line 2, column level: “0” is not a whole number from 1 to 1,000.",
        "line 2, column shares: “:9” has a level that is not 1, 2 or 3.",
    ]
