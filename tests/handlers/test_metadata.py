"""What a modal carries comes back as it was, and the text of it stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ids import LARGEST_ID, Callback
from handlers.metadata import Carried, Closes, Declines, FromHome, LooksAt, OnPage, read, written
from program.forms import Shows, Sieve, SortedBy

IDS = st.integers(0, LARGEST_ID)

TEXTS: list[tuple[Callback, Carried, str]] = [
    (Callback.PROFILE, FromHome(), "home"),
    (Callback.REVIEW, FromHome(), "home"),
    (Callback.REVIEW, OnPage(0), "0"),
    (Callback.REVIEW, OnPage(3), "3"),
    (Callback.DECLINE, Declines(12), "12"),
    (Callback.DECLINE, Declines(12, OnPage(0)), "12 page 0"),
    (Callback.DECLINE, Declines(12, OnPage(3)), "12 page 3"),
    (Callback.DOUBTS, LooksAt(12, 3), "12 page 3"),
]


@pytest.mark.parametrize(("callback", "carried", "text"), TEXTS)
def test_the_text_stays_what_it_is(callback: Callback, carried: Carried, text: str) -> None:
    """Modals that are open while a new version starts carry it."""
    assert (written(carried), read(callback, text)) == (text, carried)


WORDS = st.text(max_size=80)
SIEVES = st.builds(
    Sieve,
    st.sampled_from(Shows),
    st.sampled_from(SortedBy),
    WORDS,
    WORDS,
    st.just("") | st.just("U1"),
    st.none() | st.floats(0, 4e9),
)
STARTS = st.lists(st.integers() | st.text(max_size=40), max_size=3).map(tuple)
PAGES = st.builds(OnPage, IDS, SIEVES, st.lists(IDS, max_size=10).map(tuple), STARTS)


@given(st.builds(Declines, IDS, st.none() | PAGES))
def test_a_decline_form_carries_its_pair_and_the_review_below(carried: Declines) -> None:
    assert read(Callback.DECLINE, written(carried)) == carried


@given(st.builds(Closes, IDS, st.none() | PAGES))
def test_the_form_that_ends_a_pair_carries_the_same(carried: Closes) -> None:
    assert read(Callback.CLOSE_PAIR, written(carried)) == carried


@given(PAGES)
def test_a_review_carries_its_page_and_what_was_chosen(page: OnPage) -> None:
    assert read(Callback.REVIEW, written(page)) == page


def test_the_longest_of_it_fits() -> None:
    """Slack takes 3,000 characters of it."""
    sieve = Sieve(Shows.ATTENTION, SortedBy.ATTENTION, "&" * 150, "&" * 150, "U" * 12, 4e9 + 0.123456)
    page = OnPage(10**6, sieve, (2**31 - 1,) * 10, ("\n" * 40, 2**31 - 1))
    assert len(written(Declines(2**31 - 1, page))) < 3000


@given(st.sampled_from(["", *Callback]), st.text())
def test_nothing_that_somebody_else_wrote_breaks_the_reading(callback: str, text: str) -> None:
    carried = read(callback, text)
    assert carried is None or isinstance(carried, Carried)
