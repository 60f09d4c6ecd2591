"""Of a long table so many cases stay in a usual run as are wanted: the first one, and others in equal steps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.fixtures.sampled import is_kept


@pytest.mark.parametrize("of", [1, 2, 7, 103])
@pytest.mark.parametrize("wanted", [1, 2, 5, 7, 34, 200])
def test_so_many_stay_in_equal_steps(of: int, wanted: int) -> None:
    kept = [number for number in range(of) if is_kept(number, of, wanted)]
    steps = {later - earlier for earlier, later in pairwise(kept)}
    assert kept[0] == 0
    assert len(kept) == min(of, wanted)
    assert not steps or max(steps) - min(steps) <= 1
