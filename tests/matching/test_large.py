"""Twenty thousand people come to a proven end, in few rounds and little memory."""

from __future__ import annotations

import pytest

from benchmarks.matching import ours
from benchmarks.matching.organization import VARIANTS, organization
from tests.effort import usually


@pytest.mark.slow
@pytest.mark.parametrize("variant", usually([], ["tight", "few skills"], ["loose", "room"]))
def test_many_people_take_few_rounds_and_little_memory(variant: str) -> None:
    run, pairs = ours.measured(organization(20_000, **VARIANTS[variant]))
    assert run.optimal
    assert run.pairs == len(pairs)
    assert run.served == sum(len(set(side)) for side in zip(*pairs, strict=True))
    assert run.rounds <= 4
    assert run.peak < 400
