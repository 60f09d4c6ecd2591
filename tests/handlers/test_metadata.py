"""What a modal carries comes back as it was, and the text of it stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ids import LARGEST_ID, Callback
from handlers.metadata import Carried, Declines, FromHome, LooksAt, OnPage, read, written

IDS = st.integers(0, LARGEST_ID)

TEXTS: list[tuple[Callback, Carried, str]] = [
    (Callback.PROFILE, FromHome(), "home"),
    (Callback.REVIEW, FromHome(), "home"),
    (Callback.REVIEW, OnPage(0), "0"),
    (Callback.REVIEW, OnPage(3), "3"),
    (Callback.DECLINE, Declines(12), "12"),
    (Callback.DECLINE, Declines(12, 0), "12 page 0"),
    (Callback.DECLINE, Declines(12, 3), "12 page 3"),
    (Callback.DOUBTS, LooksAt(12, 3), "12 page 3"),
]


@pytest.mark.parametrize(("callback", "carried", "text"), TEXTS)
def test_the_text_stays_what_it_is(callback: Callback, carried: Carried, text: str) -> None:
    """Modals that are open while a new version starts carry it."""
    assert (written(carried), read(callback, text)) == (text, carried)


@given(st.builds(Declines, IDS, st.none() | IDS))
def test_a_decline_form_carries_its_pair_and_its_page(carried: Declines) -> None:
    assert read(Callback.DECLINE, written(carried)) == carried


@given(IDS)
def test_a_review_carries_its_page(page: int) -> None:
    assert read(Callback.REVIEW, written(OnPage(page))) == OnPage(page)


@given(st.sampled_from(["", *Callback]), st.text())
def test_nothing_that_somebody_else_wrote_breaks_the_reading(callback: str, text: str) -> None:
    carried = read(callback, text)
    assert carried is None or isinstance(carried, FromHome | OnPage | Declines | LooksAt)
