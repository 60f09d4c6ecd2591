"""Reporting lines, in trees and in data that goes in circles."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching.pairs.chain import ReportingLines
from tests.matching.builders import IDS, mentor


def lines(managers: dict[str, str | None]) -> ReportingLines:
    return ReportingLines([mentor(person_id, manager_id=above) for person_id, above in managers.items()])


def test_a_chain_links_at_any_distance_and_siblings_are_free() -> None:
    tree = lines({"top": None, "left": "top", "right": "top", "low": "left", "lower": "low"})
    assert tree.linked("lower", "top")
    assert tree.linked("left", "lower")
    assert not tree.linked("left", "right")
    assert not tree.linked("lower", "right")


def test_circles_end_and_link_all_who_are_in_them_or_below() -> None:
    circle = lines({"a": "b", "b": "c", "c": "a", "below": "b", "own": "own", "free": "own"})
    assert all(circle.linked(one, other) for one, other in product("abc", "abc"))
    assert all(circle.linked("below", above) for above in "abc")
    assert circle.linked("free", "own")
    assert not circle.linked("own", "a")


def test_a_very_long_chain_is_walked() -> None:
    chain = lines({str(n): str(n - 1) if n else None for n in range(5000)})
    assert chain.linked("0", "4999")


@given(
    st.fixed_dictionaries({person_id: st.none() | st.sampled_from((*IDS, "elsewhere")) for person_id in IDS})
)
def test_links_equal_a_walk_upwards(managers: dict[str, str | None]) -> None:
    def above(person_id: str) -> set[str]:
        found: set[str] = set()
        here = managers[person_id]
        while here in managers and here not in found:
            found.add(here)
            here = managers[here]
        return found

    known = lines(managers)
    for one, other in product(IDS, IDS):
        if one != other:
            assert known.linked(one, other) == (one in above(other) or other in above(one))
