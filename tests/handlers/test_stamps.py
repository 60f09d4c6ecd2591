"""Slack's time stamps in every shape in which they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import stamps

SHAPES = [
    ("1700000000.100000", "1700000000.100000"),
    ("1700000000.1", "1700000000.100000"),
    ("1700000000.1000000000", "1700000000.100000"),
    ("1700000000.", "1700000000.000000"),
    ("1700000000", "1700000000.000000"),
    ("01700000000.1", "1700000000.100000"),
    (1700000000, "1700000000.000000"),
    (1700000000.1, "1700000000.100000"),
    (1700000000.123456, "1700000000.123456"),
    ("1.1", "1.100000"),
    ("1700000000.1234567", "1700000000.1234567"),
    ("a name", "a name"),
    (None, ""),
    (True, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("said", "meant"), SHAPES)
def test_a_stamp_has_one_form(said: object, meant: str) -> None:
    assert stamps.canonical(said) == meant
    assert stamps.canonical(meant) == meant
    assert stamps.micros(said) == stamps.micros(meant)


@given(st.lists(st.integers(0, 4_000_000_000 * 10**6), min_size=2, max_size=9))
def test_stamps_are_put_in_order_by_their_moments_however_they_are_written(moments: list[int]) -> None:
    short = [f"{one // 10**6}.{one % 10**6:06}".rstrip("0") for one in moments]
    assert [stamps.micros(one) for one in short] == moments
    assert sorted(short, key=lambda one: stamps.micros(one) or 0) == [
        short[place] for place in sorted(range(len(moments)), key=lambda place: moments[place])
    ]
