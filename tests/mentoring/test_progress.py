"""How far a pair is: "3 of 6", counted once a week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.progress import Progress, progress, progress_of


@pytest.mark.parametrize(
    ("held", "planned", "words"),
    [
        (0, 6, "0 of 6"),
        (3, 6, "3 of 6"),
        (6, 6, "6 of 6"),
        (7, 6, "7 meetings"),
        (0, None, "0 meetings"),
        (1, None, "1 meeting"),
        (2, 1, "2 meetings"),
    ],
)
def test_progress_in_words(held: int, planned: int | None, words: str) -> None:
    assert Progress(held, planned).words == words


@given(st.lists(st.sampled_from(["2026-W10", "2026-W11", "2026-W53", "2027-W01"])))
def test_a_week_counts_once_whoever_said_so(weeks: list[str]) -> None:
    assert progress(weeks, 6).held == len(set(weeks))
    assert progress(weeks + weeks, 6) == progress(weeks, 6)


def test_pairs_that_never_met_have_a_progress_too() -> None:
    assert progress_of({1: ["2026-W10"]}, {1: 6, 2: None}) == {1: Progress(1, 6), 2: Progress(0, None)}
