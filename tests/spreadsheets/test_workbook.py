"""Cells of workbooks are read as people see them, and no workbook eats the machine."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from mentoring.spreadsheets import workbook as module
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import Notes
from mentoring.spreadsheets.workbook import open_sheet
from tests.spreadsheets.builders import errors_of, people_of, warnings_of
from tests.spreadsheets.exports import first, with_shared_strings, workbook

AT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - workbooks know no zones
ROWS: list[list[Any]] = [
    ["id", "level", "shares", "wants", "name"],
    ["a", 1, "AI tools", "", "Ada"],
    ["b", 4, "", "AI tools", "Ben"],
]


def shown(value: Any, number_format: str = "General") -> str:
    """Return what a cell with this value and format is read as."""

    def formatted(book: Workbook) -> None:
        first(book)["A1"].number_format = number_format

    sheet = open_sheet(workbook(("S", [[value, "x"]]), change=formatted), "", len)
    return next(sheet.lines())[1][0]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (123, "00000", "00123"), (123, "General", "123"), (123.0, "0", "123"), (123.0, "General", "123"),
        (1234567, "000", "1234567"),
        (123, '"E"00000', "E00123"), (12345678, "000-00-000", "123-45-678"), (5, "@", "5"), (1234, "#,##0", "1234"),
        (0.1 + 0.2, "General", "0.3"), (1e20, "General", "1e+20"), (4111111111111111, "0", "4111111111111111"),
        (-3, "000", "-3"), (2.5, "0.00", "2.5"), (True, "General", "yes"), (False, "General", "no"),
        (date(2026, 3, 1), "dd.mm.yyyy", "2026-03-01"),
        (AT, "yyyy-mm-dd hh:mm", "2026-03-01 09:30"),
        (time(9, 5), "hh:mm", "09:05"), (timedelta(hours=26), "[h]:mm", "26:00"), ("00123", "@", "00123"),
        ("two\nlines", "General", "two\nlines"), ("=1+1", "General", "#RESULT?"), ("a_x000D_b", "General", "a\rb"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_seen(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_a_workbook_is_read_like_its_text() -> None:
    text = "id,level,shares,wants,name\na,1,AI tools,,Ada\nb,4,,AI tools,Ben\n"
    assert people_of(workbook(("S", ROWS))) == people_of(text)
    assert warnings_of(workbook(("S", ROWS))) == []


def test_errors_name_the_row_of_the_sheet() -> None:
    data = workbook(("S", [[], ROWS[0], [], ["a", "high", "SQL", "", ""]]))
    assert [error.split(":")[0] for error in errors_of(data)] == ["line 4, column level"]


def test_what_people_add_to_workbooks_does_not_matter() -> None:
    def adorned(book: Workbook) -> None:
        sheet = first(book)
        sheet["A2"].comment = Comment("Is this right?", "Nobody")
        sheet.add_data_validation(DataValidation(type="list", formula1='"1,2,3"'))
        sheet["E2"] = CellRichText("A", TextBlock(InlineFont(b=True), "da"))
        sheet.auto_filter.ref = "A1:E3"
        sheet.freeze_panes = "B2"
        book.create_chartsheet("Chart").add_chart(BarChart())

    data = workbook(("S", ROWS), change=adorned)
    assert people_of(data).names == {"a": "Ada", "b": "Ben"}


def test_a_formula_without_a_result_matters_only_where_it_is_read() -> None:
    rows = [[*ROWS[0], "shoe"], ["a", "=1+2", "SQL", "", "", "=2+3"]]
    assert errors_of(workbook(("S", rows))) == [
        (
            "line 2, column level: The formula here has no result. Open the workbook in a spreadsheet program, "
            "and save it."
        )
    ]


def test_a_formula_whose_result_is_empty_is_an_empty_cell() -> None:
    def empty(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="D2">', b'<c r="D2" t="str">') if "sheet1" in name else part

    rows = [ROWS[0], ["a", 1, "SQL", '=""', "Ada"]]
    data = repacked(workbook(("S", rows)), empty)
    assert b't="str"><f>' in ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert people_of(data).people[0].wants == ()


def test_sheets_are_told_and_can_be_chosen() -> None:
    other = [ROWS[0], ["c", 2, "SQL", "", "Cleo"]]
    data = workbook(("First", ROWS), ("Second", other), ("Empty", []))
    assert warnings_of(data) == [
        "line 1, column id: The sheet “First” was read. To read “Second”, add --sheet."
    ]
    notes = Notes()
    assert [p.id for p in read_people(data, ("A", "B"), notes, reading=Reading(sheet="second")).people] == [
        "c"
    ]
    assert notes.warnings.count == 0


def test_a_hidden_sheet_is_read_only_when_asked_for() -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Shown")
        first(book).sheet_state = "hidden"

    data = workbook(("Secret", ROWS), change=hide)
    assert errors_of(data) == [
        (
            "line 1, column id: There is nothing in this workbook. The sheets that are hidden: “Secret”, “Shown”. Read "
            "one with --sheet."
        )
    ]


def test_history_may_be_a_workbook() -> None:
    (pair,) = read_history(
        workbook(("S", [["mentor_id", "mentee_id", "cycles_ago"], ["a", "b", 2.0]])), Notes()
    )
    assert (pair.mentor_id, pair.mentee_id, pair.cycles_ago) == ("a", "b", 2)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook whose parts went through a function."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def test_a_sheet_that_claims_to_be_endless_is_read_by_what_it_has() -> None:
    def claimed(name: str, part: bytes) -> bytes:
        return part.replace(b'<dimension ref="A1:E3"', b'<dimension ref="A1:XFD1048576"')

    data = repacked(workbook(("S", ROWS)), claimed)
    assert b"XFD1048576" in ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert people_of(data).names == {"a": "Ada", "b": "Ben"}


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    data = repacked(
        workbook(("S", ROWS)), lambda name, part: part + (b" " * 1_000_000 if "sheet1" in name else b"")
    )
    assert len(data) < 100_000
    assert "This workbook is too large." in errors_of(data)[0]


def test_a_sheet_with_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 10)
    assert "This workbook is too large." in errors_of(workbook(("S", ROWS)))[0]


def test_names_that_name_themselves_do_not_grow() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 1_000
        + b'">'
        + b"".join(
            b'<!ENTITY %s "%s">' % (bytes([97 + n]), b"&%s;" % bytes([96 + n]) * 50) for n in range(1, 9)
        )
        + b"]>"
    )

    def swollen(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        head, mark, rest = part.partition(b"<worksheet")
        return head + bomb + mark + rest.replace(b"Ada", b"&i;").replace(b"<v>1</v>", b"<v>&i;</v>")

    assert "This workbook is damaged." in errors_of(repacked(workbook(("S", ROWS)), swollen))[0]


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_damaged_parts_are_one_sentence(part: str) -> None:
    whole = with_shared_strings(workbook(("S", ROWS)))
    data = repacked(whole, lambda name, text: text[: len(text) // 2] if name == part else text)
    (error,) = errors_of(data)
    assert error.startswith("line 1, column id: This workbook is damaged.")


def test_any_bytes_changed_in_a_workbook_are_survived() -> None:
    data = workbook(("S", ROWS))
    for place in range(0, len(data), 97):
        errors_of(data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :])
