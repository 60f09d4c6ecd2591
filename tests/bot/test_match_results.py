"""What `match` leaves: tables for people who open them with a double click, a page, and a table on the terminal."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.test_match import match, rows
from tests.house.sources import ROOT

PEOPLE = """id,name,level,shares,wants,mentor_capacity
007,李雷,1,AI tools,,1
1.0,"=HYPERLINK(""x"")",2,"#N/A;AI tools",,1
x,Xin,4,,AI tools,1
y,Yara,5,,#N/A;,1
z,Zoe,4,,Juggling,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def test_tables_begin_with_the_mark_that_excel_needs(folder: Path) -> None:
    files = ("--out", "pairs.csv", "--left-out", "left.csv", "--candidates", "all.csv")
    assert match(folder, "people.csv", *files).returncode == 0
    for name in files[1::2]:
        data = (folder / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\xef\xbb\xbf") == 1
    assert {row["mentor"] for row in rows(folder / "pairs.csv")} == {"李雷", '\'=HYPERLINK("x")'}


def test_a_workbook_has_the_same_rows_as_texts(folder: Path) -> None:
    for kind in ("csv", "XLSX"):
        files = ("--out", f"pairs.{kind}", "--left-out", f"left.{kind}", "--candidates", f"all.{kind}")
        assert match(folder, "people.csv", *files).returncode == 0
    for name in ("pairs", "left", "all"):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            expected = [[text.removeprefix("'") for text in row] for row in csv.reader(file)]
        sheet = load_workbook(folder / f"{name}.XLSX").active
        assert sheet
        found = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [["" if value is None else str(value) for value in row] for row in found] == expected
        kinds = {(cell.column, cell.data_type) for row in sheet.iter_rows(min_row=2) for cell in row}
        assert {kind for _, kind in kinds} <= {"s", "n"}
        assert sheet.freeze_panes == "A2"
        assert sheet.cell(1, 1).font.bold
        assert sheet.cell(2, 1).number_format == "@"
        assert sheet.column_dimensions["B"].width == 26
    assert (folder / "pairs.XLSX").stat().st_mode & 0o777 == 0o600


def test_a_text_that_looks_like_a_formula_stays_one_when_it_is_edited(folder: Path) -> None:
    match(folder, "people.csv", "--out", "pairs.xlsx")
    sheet = load_workbook(folder / "pairs.xlsx").active
    assert sheet
    marked = {cell.value: cell.quotePrefix for row in sheet.iter_rows(min_row=2) for cell in row[:4]}
    assert marked == {
        **dict.fromkeys(("007", "李雷", "1.0", "x", "Xin", "y", "Yara"), False),
        '=HYPERLINK("x")': True,
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "header", ["mentor_id,mentee_id,score,why", "mentor_id,mentor,mentee_id,mentee,score,why"]
)
def test_results_of_now_and_of_before_are_history(folder: Path, header: str, mark: str) -> None:
    cells = {
        "mentor_id": "007",
        "mentor": "李雷",
        "mentee_id": "x",
        "mentee": "Xin",
        "score": "9",
        "why": "a; b",
    }
    line = ",".join(cells[name] for name in header.split(","))
    (folder / "old.csv").write_text(f"{mark}{header}\r\n{line}\r\n", encoding="utf-8")
    done = match(folder, "people.csv", "--history", "old.csv", "--why-not", "007", "x")
    assert "They have been paired before." in done.stderr
    assert "old.csv" not in done.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--out", "pairs.xls"), "pairs.xls: a table is written as .csv or as .xlsx. Name the file so."),
        (("--left-out", "left.ODS"), "left.ODS: a table is written as .csv or as .xlsx. Name the file so."),
        (("--out", "pairs.html"), "pairs.html: a table is written as .csv or as .xlsx. Name the file so."),
        (
            ("--report", "pairs.csv"),
            "pairs.csv: the report is a page for a browser. Give it a name that ends in .html.",
        ),
        (("--out", "a.html.csv", "--report", "people.csv"), "people.csv: the report is a page"),
    ],
)
def test_a_name_that_promises_another_kind_of_file(
    folder: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = match(folder, "people.csv", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


def test_more_rows_than_a_sheet_has(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from mentoring.spreadsheets import results_workbook; results_workbook.MOST_ROWS = 2; "
        "from bot.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    asked = ["match", "people.csv", "--out", "pairs.xlsx", "--left-out", "left.csv"]
    done = subprocess.run(
        [sys.executable, "-c", code, *asked],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Give it a name that ends in .csv." in done.stderr
    assert "Nothing was written." in done.stderr
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


@pytest.mark.slow
def test_the_pairs_are_printed_where_no_file_has_them(folder: Path) -> None:
    done = match(folder, "people.csv", "--left-out", "left.csv")
    head, first, second, *_ = done.stdout.splitlines()
    assert head.split() == ["Mentor", "Mentee", "Score", "Why"]
    assert first.startswith("李雷 ")
    assert second.startswith("=HYPERLINK")
    assert done.stdout.endswith("A score is out of 10,000, the best pair that could be thought of.\n")
    assert match(folder, "people.csv", "--left-out", "left.csv").stdout == done.stdout
    assert match(folder, "people.csv", "--out", "pairs.csv").stdout == ""
    assert match(folder, "people.csv", "--out", "pairs.csv", "--json").stdout.startswith("{")
    json.loads(match(folder, "people.csv", "--json").stdout)


def test_a_terminal_that_cannot_show_a_name_shows_the_rest(folder: Path) -> None:
    code = "import sys; from bot.__main__ import main; sys.exit(main(['match', 'people.csv']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[1][:2]) == (0, "??")


@pytest.mark.parametrize("places", [40, 100])
def test_on_a_terminal_it_fits(folder: Path, places: int) -> None:
    many = "".join(f"m{n},Mentor {n},1,AI tools,,1\nn{n},Mentee {n},4,,AI tools,1\n" for n in range(50))
    (folder / "people.csv").write_text(f"{PEOPLE.splitlines()[0]}\n{many}")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, places, 0, 0))
    done = match(folder, "people.csv", capture_output=False, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    lines = b"".join(iter(lambda: read(ours), b"")).decode().splitlines()
    os.close(ours)
    assert done.returncode == 0
    assert max(map(len, lines[:-2])) <= places
    assert "and 10 more; --out pairs.csv writes all" in lines


def read(terminal: int) -> bytes:
    """What is still to be read; a terminal whose other end is closed is an error to Linux."""
    try:
        return os.read(terminal, 10_000)
    except OSError:
        return b""


@pytest.mark.slow
def test_held_back_people_are_told_and_the_others_paired(folder: Path) -> None:
    (folder / "people.csv").write_text(
        f"{PEOPLE}h,Hal,Boss,SQL,,1\n,Ida,1,SQL,,1\nk,Kim,1,SQL,,0\n", encoding="utf-8"
    )
    stopped = match(folder, "people.csv", "--out", "pairs.csv")
    assert (stopped.returncode, len(list(folder.iterdir()))) == (2, 1)
    done = match(
        folder, "people.csv", "--hold-back", "--out", "pairs.csv", "--left-out", "left.csv", "--json"
    )
    assert done.returncode == 0
    assert len(rows(folder / "pairs.csv")) == 2
    left = {row["name"]: row for row in rows(folder / "left.csv")}
    assert left["Hal"]["reason"].startswith("Held back. Line 7, column level: “Boss”")
    assert left["Ida"]["reason"] == "Held back. Line 8, column id: Everybody needs an id."
    assert left["Kim"]["reason"] == "Room for no mentee: mentor_capacity is 0"
    told = done.stderr.splitlines()
    assert told[1] == 'ladder = ["Boss"]'
    assert "people.csv, line 8, column id: Everybody needs an id." in told
    assert "8 people were read: 5 take part, 2 are held back and 1 has a capacity of 0." in told
    aside = json.loads(done.stdout)["set_aside"]
    assert [(one["name"], one["state"]) for one in aside] == [
        ("Hal", "held_back"),
        ("Ida", "held_back"),
        ("Kim", "no_room"),
    ]


def test_held_back_people_still_make_reporting_lines(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "id,level,shares,wants,manager_id\na,1,SQL,,h\nh,Boss,,,x\nx,4,,SQL,\n", encoding="utf-8"
    )
    done = match(folder, "people.csv", "--hold-back", "--why-not", "a", "x")
    assert "One of them is in the other's reporting line." in done.stderr


def test_only_its_owner_reads_the_report(folder: Path) -> None:
    done = match(folder, "people.csv", "--report", "pairs.html", umask=0)
    assert done.stderr.endswith("Written: pairs.html\n")
    assert (folder / "pairs.html").stat().st_mode & 0o777 == 0o600
    assert (folder / "pairs.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_proof_is_for_those_who_ask(folder: Path) -> None:
    assert "Combinations" not in match(folder, "people.csv").stderr
    assert (
        "Combinations of a mentor and a mentee compared: 6."
        in match(folder, "people.csv", "--verbose").stderr
    )
