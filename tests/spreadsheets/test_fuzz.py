"""Thousands of damaged files: each is read, or refused with lines and columns; never anything else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes, Refused
from mentoring.spreadsheets.rules_file import read_rules
from tests.effort import examples
from tests.house.sources import ROOT

SAMPLE = (
    (ROOT / "docs" / "samples" / "people.csv").read_text(encoding="utf-8").replace("Lea Dubois", "Léa Duboïs")
)
HISTORY = "mentor_id,mentee_id,cycles_ago\nada,gil,1\nben,kim,2\nchi,ivo,\n"
RULES = (
    'ladder = ["Low", "High"]\napart = [["Chess", "Cheese"]]\n'
    "[rules]\nmax_gap = 3\nguests_allowed = true\n[weights]\ngap = 7\n"
)
SPICE = (
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"=1+1", b"'",
    b":", b":9", b"9" * 5000, b"-", b"99:99", b"\xc3", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x1b[31m", b"a" * 30000,
    b"sep=;\n", b"[", b"[[", b"=", b"#", b"PK\x03\x04", "٣".encode(), "Ⅷ".encode(), b"id", b"level", b"../..", b"\x85",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32")
PLACE = re.compile(r"line [1-9][0-9]*, column \S.*")
KEY = re.compile(
    r"line [1-9][0-9]*|the file|ladder|apart(, number [1-9][0-9]*)?|(rules|weights)(\..+)?|“.*”", re.DOTALL
)


def damaged(text: str, draw: random.Random) -> bytes:
    """Encode a good file in some way and damage it in one to four places."""
    data = (
        text.replace(",", draw.choice(",,;\t"))
        .replace("\n", draw.choice(("\n", "\r\n")))
        .encode(draw.choice(ENCODINGS))
    )
    for _ in range(draw.choice((1, 1, 2, 4))):
        start = draw.randint(0, len(data))
        end = min(len(data), start + draw.choice((0, 1, 2, 20, 400)))
        other = draw.randint(0, len(data))
        new = draw.choice(
            (b"", draw.choice(SPICE), draw.randbytes(draw.randint(1, 4)), data[other : other + 60])
        )
        data = data[:start] + new + data[end:]
    return data


def people(data: bytes, notes: Notes) -> object:
    return read_people(data, DEFAULT_LADDER, notes)


def check(data: bytes, reader: Callable[[bytes, Notes], object], place: re.Pattern[str]) -> bool:
    """Read a file; whatever is said about it has to name its place, and be safe to print."""
    notes = Notes()
    try:
        reader(data, notes)
        refused = False
    except Refused:
        refused = True
    assert refused == bool(notes.errors.count)
    for remark in (*notes.errors.kept, *notes.warnings.kept):
        assert place.fullmatch(remark.place), remark
        assert remark.words.endswith((".", "?")), remark
        assert all(char.isprintable() for char in (*remark.place, *remark.words, *remark.paste)), remark
        assert len(remark.words) < 1_000, remark
    return refused


@pytest.mark.parametrize(
    ("text", "reader", "place"),
    [(SAMPLE, people, PLACE), (HISTORY, read_history, PLACE), (RULES, read_rules, KEY)],
)
def test_damaged_files_are_read_or_refused_with_the_place(
    text: str, reader: Callable[[bytes, Notes], object], place: re.Pattern[str]
) -> None:
    draw = random.Random(20_261)
    tries = examples(100)
    refused = [check(damaged(text, draw), reader, place) for _ in range(tries)]
    assert tries / 10 < sum(refused) < tries


@settings(max_examples=examples(150))
@given(st.binary(max_size=300), st.sampled_from((b"", b"id,level,shares,wants\n")))
def test_any_bytes_are_read_or_refused(data: bytes, before: bytes) -> None:
    check(before + data, people, PLACE)
    check(data, read_rules, KEY)


@settings(max_examples=examples(150))
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=5), st.sampled_from(",;\t"))
def test_any_text_in_any_cell_is_read_or_refused(lines: list[list[str]], separator: str) -> None:
    rows = [["id", "level", "shares", "wants"], *lines]
    quoted = (separator.join('"' + text.replace('"', '""') + '"' for text in row) for row in rows)
    check("\r\n".join(quoted).encode(), people, PLACE)


@pytest.mark.slow
def test_the_command_writes_all_or_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(7)
    source, out, left = (tmp_path / name for name in ("people.csv", "pairs.csv", "left.csv"))
    statuses = []
    for _ in range(300):
        source.write_bytes(damaged(SAMPLE, draw))
        status = main(
            ["match", str(source), "--out", str(out), "--left-out", str(left), "--on", "2026-11-23"]
        )
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.endswith("Nothing was written.\n") == (status == 2)
        assert {path.name for path in tmp_path.iterdir()} == (
            {"people.csv"} if status else {"people.csv", "pairs.csv", "left.csv"}
        )
        out.unlink(missing_ok=True)
        left.unlink(missing_ok=True)
        statuses.append(status)
    assert set(statuses) == {0, 2}
