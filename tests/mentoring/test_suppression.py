"""What is hidden cannot be worked out: an attack with everything that is published about a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.outcomes import suppression
from mentoring.outcomes.suppression import FEWEST, Part, alone, contact, in_fives, parts
from tests.mentoring.attack import Seen, pinned

MOST = 9


def of(*counts: int) -> list[Part]:
    return [Part(count, 2 * count) for count in counts]


def seen(whole: Sequence[Part]) -> Seen:
    return Seen(sum(one.count for one in whole), parts(whole))


@pytest.mark.parametrize("size", [2, 3, 4])
def test_no_part_of_any_small_whole_can_be_worked_out(size: int) -> None:
    for counts in product(range(12 if size < 4 else 8), repeat=size):
        assert pinned(seen(of(*counts)), counts) == [], counts


@settings(max_examples=300)
@given(st.lists(st.integers(0, 40) | st.integers(0, 6), min_size=2, max_size=6))
def test_no_part_of_any_whole_can_be_worked_out(counts: list[int]) -> None:
    assert pinned(seen(of(*counts)), counts) == []


def test_the_attack_finds_what_primary_suppression_alone_gives_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same attack succeeds as soon as nothing is hidden beside the small parts."""
    monkeypatch.setattr(suppression, "_stays_open", lambda *_: True)
    assert pinned(seen(of(20, 3, 8)), (20, 3, 8)) == [1]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((20, 3, 8), (20, None, None)),
        ((20, 3, 4), (20, None, None)),
        ((9, 0), (9, 0)),
        ((20, 1, 1), (None, None, None)),
        ((20, 1, 1, 6), (20, None, None, None)),
        ((30, 4, 4, 9), (30, None, None, None)),
        ((5, 1), (None, None)),
        ((2, 2, 1), (None, None, None)),
    ],
)
def test_what_is_hidden_with_it(counts: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    assert parts(of(*counts)) == shown


def test_many_pairs_of_few_people_are_hidden_like_few() -> None:
    assert parts([Part(6, 4), Part(20, 40)]) == (None, None)
    assert alone(Part(12, 4)) is None
    assert alone(Part(12, 5)) == 12
    assert alone(Part(0, 0)) == 0


@given(st.integers(0, 10**6))
def test_people_are_in_fives(count: int) -> None:
    shown = in_fives(count)
    assert (shown or 0) <= count < (shown or 0) + FEWEST
    assert shown != 0


def _each(most: int) -> Iterator[tuple[int, int, int]]:
    yield from product(range(most), repeat=3)


def _by_pair(none: int, few: int, many: int, spread: int) -> int:
    """How many meetings so many pairs had in all, from the fewest that is possible up to a `spread` more."""
    return min(few + 3 * many + spread, 2 * few + MOST * many)


@pytest.mark.parametrize("spread", [0, 1, 3])
def test_the_number_of_meetings_gives_no_hidden_part_away(spread: int) -> None:
    """Every pair had between so many meetings and so many, which narrows what a hidden part can be."""
    hides = 0
    for counts in _each(9):
        held = _by_pair(*counts, spread)
        whole = of(*counts)
        shown, told = contact(Part(held, 2 * sum(counts[1:])), whole, MOST)
        assert shown == parts(whole)
        hides += bool(pinned(Seen(sum(counts), parts(whole), held, MOST), counts))
        assert pinned(Seen(sum(counts), parts(whole), told, MOST), counts) == [], counts
    assert hides
