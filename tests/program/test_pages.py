"""Turning pages of a list that changes: whatever is in it all the time is seen, going on and coming back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from program.pages import Before, Key, Turned, turned

SIZE = 3
PLACES = st.sets(st.integers(0, 40), min_size=1, max_size=30)
CHANGES = st.lists(st.tuples(PLACES, PLACES), min_size=20, max_size=20)
LAST = 1_000
"""What was let go may stand behind all others, as in the review that shows what needs a look first."""


def _keys(there: set[int], behind: set[int]) -> list[Key]:
    return sorted((number + LAST if number in behind else number, f"n{number}") for number in there)


def _shown(keys: list[Key], page: Turned, stood: list[str]) -> list[str]:
    found = [str(keys[place][1]) for place in page.places]
    return [*stood, *found] if page.stays else found


def _before(keys: list[Key], page: Turned, stood: list[str]) -> Before:
    at = frozenset(place for place, key in enumerate(keys) if key[1] in stood)
    return Before(page.page, page.start, len(stood), at)


@given(PLACES, CHANGES, st.booleans())
def test_whatever_stays_is_seen(
    there: set[int], changes: list[tuple[set[int], set[int]]], moves: bool
) -> None:
    stays, behind = set(there), set[int]()
    keys = _keys(there, behind)
    page = turned(keys, SIZE, Before(0), 0)
    shown = _shown(keys, page, [])
    seen = set(shown)
    for gone, new in changes:
        there = (there - gone) | new | (gone & there if moves else set())
        behind |= gone if moves else set()
        stays -= gone
        keys = _keys(there, behind)
        page = turned(keys, SIZE, _before(keys, page, shown), 0)
        shown = _shown(keys, page, shown)
        seen |= set(shown)
        if page.page + 1 == page.pages:
            assert {f"n{number}" for number in stays} <= seen
            return
        page = turned(keys, SIZE, _before(keys, page, shown), 1)
        shown = _shown(keys, page, shown)
        seen |= set(shown)
        assert len(shown) <= SIZE


@given(st.integers(1, 40), st.data())
def test_forth_and_back_is_where_it_was(size: int, data: st.DataObject) -> None:
    keys: list[Key] = [(number,) for number in range(size)]
    page = turned(keys, SIZE, Before(0), 0)
    at = 0
    for by in data.draw(st.lists(st.sampled_from((1, -1)), max_size=20)):
        before = Before(page.page, page.start, len(page.places), frozenset(page.places))
        page = turned(keys, SIZE, before, by)
        at = min(max(at + by, 0), (size - 1) // SIZE)
        assert (page.page, page.pages) == (at, -(-size // SIZE))
        assert page.stays or list(page.places) == list(range(at * SIZE, min(size, at * SIZE + SIZE)))


def test_a_modal_of_an_older_version_is_turned_by_its_number() -> None:
    keys: list[Key] = [(number,) for number in range(8)]
    for start in ((), ("a name",), (1, 2)):
        page = turned(keys, SIZE, Before(0, start, 3, frozenset({0, 1, 2})), 1)
        assert (list(page.places), page.page, page.pages, page.start) == ([3, 4, 5], 1, 3, (3,))
