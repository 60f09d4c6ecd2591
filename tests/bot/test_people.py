"""The commands `people` and `audit`: files in, files out, or all that is wrong and no change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.__main__ import main
from bot.slack import addresses
from storage import audit, programs
from storage import hr as stored
from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office

FILE = """id,name,level,department,manager_id,shares
U1,Ana Example,Associate,Sales,U3,
U2,Ben Example,Senior,Sales,U3,Chess
U3,Cleo Example,Director,,,
"""


@pytest.fixture
def scopes() -> tuple[str, ...]:
    """The optional scopes that the app was given."""
    return ()


@pytest.fixture
def office(
    sqlite_copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scopes: tuple[str, ...]
) -> Iterator[PostOffice]:
    """A program in a database of its own, and an environment that names both."""
    database = Database(f"sqlite:///{sqlite_copy}")
    with open_post_office(database, scopes) as opened:
        opened.sets_up()
        monkeypatch.chdir(tmp_path)
        for name, value in {
            "SLACK_BOT_TOKEN": opened.slack.bot_token,
            "SLACK_APP_TOKEN": opened.slack.app_token,
            "SLACK_API_URL": opened.slack.api_url,
            "DATABASE_URL": f"sqlite:///{sqlite_copy}",
        }.items():
            monkeypatch.setenv(name, value)
        yield opened
    database.close()


def sync(text: str | bytes, *options: str, name: str = "people.csv") -> int:
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return main(["people", "sync", name, *options])


def known(office: PostOffice) -> int:
    with office.database.read() as tx:
        return stored.count(tx, office.slack.team_id)


def test_a_dry_run_shows_everything_and_changes_nothing(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync(FILE) == 0
    capsys.readouterr()
    changed = FILE.replace("U1,Ana Example,Associate,Sales,U3", "U1,Ana Example,Senior,Sales,U2").replace(
        "U3,Cleo Example,Director,,,", "U4,Dora Example,VP,,,"
    )
    assert sync(changed.replace(",U3,", ",U4,"), "--dry-run", "--allow-leaving", "50%") == 0
    told = capsys.readouterr()
    assert told.out == (
        "New in HR's file: 1\n"
        "  Dora Example (U4)\n"
        "Changed: 2\n"
        "  Ana Example (U1): level “Associate” → “Senior”, manager “U3” → “U2”\n"
        "  Ben Example (U2): manager “U3” → “U4”\n"
        "Not in HR's file any more: 1\n"
        "  Cleo Example (U3)\n"
    )
    assert "3 people in the file: 1 new, 2 changed, 0 as before. 1 not in it any more." in told.err
    assert "Nothing was changed, because this is a dry run." in told.err
    assert known(office) == 3


def test_the_same_file_again_changes_nothing(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync(FILE) == 0
    assert sync(FILE) == 0
    told = capsys.readouterr().err
    assert "3 people in the file: 0 new, 0 changed, 3 as before. 0 not in it any more." in told


def test_a_workbook_is_read_as_well(office: PostOffice) -> None:
    book, data = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["id", "level"], ["U1", "Senior"]):
        book.active.append(row)
    book.save(data)
    assert sync(data.getvalue(), name="people.xlsx") == 0
    assert known(office) == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("id,level\nU1,Wizard\n", "line 2, column level: These are not levels: “Wizard” (1 person)."),
        (
            "id,level\nU1,12\n",
            "line 2, column level: “12” is above the program's ladder, which has 8 levels.",
        ),
        ("id,level\n,3\n", "line 2, column id: Everybody needs an id."),
        ("id,level\n4711,3\n", "line 2, column id: Nobody can tell who “4711” is in Slack."),
        ("id,slack_id\n4711,Ana\n", "line 2, column slack_id: “Ana” is no Slack id."),
        ("id,level\nU1,3\nU1,4\n", "line 3, column id: “U1” is on line 2 already."),
        ("id,slack_id\n1,U7\n2,U7\n", "line 3, column slack_id: “U7” is on line 2 already."),
        ("id,manager_id\nU1,Zoe\n", "line 2, column manager_id: “Zoe” is nobody's id in this file."),
        ("id,level\n", "There is nobody in this file."),
        ("name,level\nAna,3\n", "column id"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_applied(
    office: PostOffice, capsys: pytest.CaptureFixture[str], file: str, words: str
) -> None:
    assert sync(file) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.endswith("Nothing was changed.\n")
    assert known(office) == 0


def test_every_bad_line_is_told(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync("id,level\nU1,3\n,4\nAna,5\nU4,0\n") == 2
    told = capsys.readouterr().err
    assert all(f"line {line}, " in told for line in (3, 4, 5))
    assert known(office) == 0


def test_a_file_that_is_cut_off_is_refused(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync("id\n" + "".join(f"U{n}\n" for n in range(20))) == 0
    short = "id\n" + "".join(f"U{n}\n" for n in range(17))
    assert sync(short) == 2
    told = capsys.readouterr().err
    assert "3 of the 20 people in the last file are not in this one." in told
    assert "give --allow-leaving 15%." in told
    assert known(office) == 20
    assert sync(short, "--allow-leaving", "15%") == 0
    assert known(office) == 17


def test_addresses_need_a_scope_and_the_refusal_says_which(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync("id,email,level\n1,ana@example.org,3\n") == 2
    told = capsys.readouterr().err
    assert "this bot may not look addresses up" in told
    assert "users:read.email" in told


@pytest.mark.parametrize("scopes", [("users:read.email",)])
@pytest.mark.parametrize("few", [100, 0], ids=["one by one", "page by page"])
def test_with_the_scope_people_are_found_by_address_and_lines_stay_whole(
    office: PostOffice, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(addresses, "FEW", few)
    ana = office.slack.add_person("Ana Example", email="ana@example.org")
    boss = office.slack.add_person("Bo Example", email="bo@example.org")
    file = "id,email,manager_id\n1,Ana@example.org,2\n2,nobody@example.org,3\n3,bo@example.org,\n"
    assert sync(file) == 0
    assert "“nobody@example.org” has no Slack account." in capsys.readouterr().err
    with office.database.read() as tx:
        records = stored.records(tx, office.slack.team_id)
    between = records[ana.id].manager_id
    assert between is not None
    assert records[between].manager_id == boss.id
    assert "nobody" not in repr(records)


def test_an_export_read_again_changes_nothing(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync(FILE) == 0
    capsys.readouterr()
    assert main(["people", "export", "--out", "out.csv"]) == 0
    assert sync(Path("out.csv").read_bytes(), name="again.csv") == 0
    assert "3 people in the file: 0 new, 0 changed" in capsys.readouterr().err


def test_the_printed_export_is_safe_to_open(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync("id,name,department\nU1,=cmd(),+1\n") == 0
    capsys.readouterr()
    assert main(["people", "export"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["name"], row["department"]) == ("'=cmd()", "'+1")


def test_what_was_decided_is_written_out(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync(FILE) == 0
    capsys.readouterr()
    assert main(["audit", "export"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["who"], row["action"]) for row in rows][-1] == ("command line", "sync people")
    assert rows[-1]["after"] == "new: 3; changed: 0; leaving: 0"
    assert main(["audit", "export", "--to", "2001-01-01", "--out", "old.csv"]) == 0
    assert Path("old.csv").read_text("utf-8-sig").splitlines() == [
        "at,program,who,action,about,before,after,details"
    ]
    assert main(["audit", "export", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2
    assert "--to 2026-01-01 is before --from 2026-02-01." in capsys.readouterr().err


def test_who_left_can_be_taken_out_of_the_log_and_who_is_here_cannot(
    office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    with office.ctx.database.write() as tx:
        program_id = programs.every(tx)[0].id
        for actor in ("UGONE", "ULEAD"):
            audit.note(tx, program_id, office.ctx.now(), actor, "approve", 7, before={"by": "UGONE"})
    assert main(["audit", "erase", "UGONE"]) == 0
    assert "UGONE and do not any more: 2." in capsys.readouterr().err
    assert main(["audit", "export"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert "UGONE" not in str(rows)
    assert [(row["who"], row["action"], row["before"]) for row in rows][-3:] == [
        ("erased", "approve", "by: erased"),
        ("ULEAD", "approve", "by: erased"),
        ("command line", "erase from log", ""),
    ]
    for person, words in ((office.lead.id, "takes part or leads"), ("somebody", "is no Slack id")):
        assert main(["audit", "erase", person]) == 2
        assert words in capsys.readouterr().err
