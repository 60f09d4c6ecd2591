"""Pairs of earlier cycles, and what can be wrong with them."""

from __future__ import annotations

import pytest

from mentoring.matching import PastPair
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.remarks import Notes
from tests.spreadsheets.builders import history_errors


def test_pairs_with_and_without_how_long_ago() -> None:
    notes = Notes()
    found = read_history(b"mentor_id,mentee_id,cycles_ago\na,b,3\nc,d,\n", notes)
    assert found == [PastPair("a", "b", 3), PastPair("c", "d", 1)]
    assert notes.warnings.count == 0


def test_a_result_can_be_given_as_it_was_written() -> None:
    notes = Notes()
    assert read_history(b'mentor_id,mentee_id,score,why\r\n\'=a,b,900,"x; y"\r\n', notes) == [
        PastPair("=a", "b")
    ]
    assert notes.warnings.count == 0


def test_a_file_without_pairs_is_fine() -> None:
    assert read_history(b"mentor_id,mentee_id\n", Notes()) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("mentor_id\na\n", "line 1, column mentee_id: This column is missing."),
        ("mentor_id,mentee_id\na,\n", "line 2, column mentee_id: A pair has two people. Give the id."),
        ("mentor_id,mentee_id\na,a\n", "line 2, column mentee_id: Nobody can be their own mentor."),
        (
            "mentor_id,mentee_id,cycles_ago\na,b,0\n",
            "line 2, column cycles_ago: “0” is not a whole number from 1",
        ),
    ],
)
def test_what_is_wrong_is_named(text: str, error: str) -> None:
    assert history_errors(text)[0].startswith(error)
