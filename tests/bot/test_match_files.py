"""The command `match` with the files that people have: what is told, what is asked, and what helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from tests.spreadsheets.exports import workbook

PEOPLE = "Key;Who;Job Category;Can teach;Wants to learn\na;Анна Иванова;1;SQL, Photography;\nb;Ben Fiction;4;;SQL\n"


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Run the command and return its status, and what it says."""
    status = main(["match", *map(str, arguments), "--on", "2026-11-23"])
    return status, capsys.readouterr().err


def test_a_file_from_elsewhere_goes_in_once_its_columns_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "people.csv"
    source.write_bytes(PEOPLE.encode("cp1251"))
    status, said = told(capsys, source)
    assert status == 2
    assert 'If “Job Category” is meant, add --columns level="Job Category".' in said
    status, said = told(capsys, source, "--columns", "id=Key", "level=Job Category", "--columns", "name=Who")
    assert status == 0
    assert "It was read as Windows-1251 (Cyrillic), cp1251: “Анна Иванова”." in said
    assert "Lists are split at commas: “SQL, Photography” is two skills." in said


def test_columns_may_stand_in_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, rules = tmp_path / "people.csv", tmp_path / "rules.toml"
    source.write_text(PEOPLE, encoding="utf-8")
    rules.write_text('[columns]\nid = "Key"\nlevel = "Can teach"\n', encoding="utf-8")
    status, said = told(capsys, source, "--rules", rules, "--columns", "level=Job Category")
    assert (status, "1 pair." in said) == (0, True)
    rules.write_text('[columns]\nshoe = "Key"\n', encoding="utf-8")
    status, said = told(capsys, source, "--rules", rules)
    assert (status, "columns: “shoe” is no column that is read." in said) == (2, True)
    rules.write_text('columns = "Key"\n', encoding="utf-8")
    assert "This has to be a table that begins with [columns]." in told(capsys, source, "--rules", rules)[1]


def test_a_sheet_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "people.xlsx"
    rows: list[list[object]] = [["id", "level", "shares", "wants"], ["a", 1, "SQL", ""], ["b", 4, "", "SQL"]]
    source.write_bytes(workbook(("Old", rows[:2]), ("New", rows)))
    assert "The sheet “Old” was read." in told(capsys, source)[1]
    assert "2 people were read" in told(capsys, source, "--sheet", "new")[1]
    status, said = told(capsys, source, "--sheet", "Newest")
    assert (status, "The sheets are: “Old”, “New”." in said) == (2, True)


def test_an_encoding_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "people.csv"
    source.write_bytes("id,name,level,shares,wants\na,李雷,1,SQL,\nb,Ben Fiction,4,,SQL\n".encode("gbk"))
    status, said = told(capsys, source)
    assert (status, "This cell may be “李雷” in GB 18030" in said) == (2, True)
    assert told(capsys, source, "--encoding", "gbk")[0] == 0


def test_an_encoding_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("klingon", "base64", "../x"):
        with pytest.raises(SystemExit):
            main(["match", str(tmp_path), "--encoding", name])
        assert "is no encoding that is known" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["id", "shoe=Key", "id="])
def test_a_mapping_that_means_nothing_is_refused(
    given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "people.csv"
    source.write_text(PEOPLE, encoding="utf-8")
    status, said = told(capsys, source, "--columns", given)
    assert status == 2
    assert said.startswith("--columns: ")
    assert said.endswith("Nothing was written.\n")
