"""Results as files: read back as they were, and nothing in them runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.spreadsheets.formulas import neutral, plain
from mentoring.spreadsheets.results import write_table


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "\0", "  =1", "＝1", "＠a", "＋1", "－1"]
)
def test_formulas_are_kept_text(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert plain(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "a=1", "'", "'a", "a-b", "3"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text
    assert plain(text) == text


@given(st.text())
def test_no_text_that_is_written_could_run(text: str) -> None:
    assert neutral(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert neutral(plain(neutral(text))) == neutral(text)


def test_a_table_is_read_back_as_it_was() -> None:
    file = io.StringIO(newline="")
    rows: list[tuple[str, int]] = [('a "quoted", cell\nof two lines', 3), ("=cmd|' /C calc'!A0", -4)]
    assert write_table(file, ("x", "y"), rows) == 2
    file.seek(0)
    assert list(csv.reader(file)) == [["x", "y"], [rows[0][0], "3"], ["'" + rows[1][0], "-4"]]
