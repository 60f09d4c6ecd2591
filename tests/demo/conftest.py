"""Fixtures: a company in which nothing is set up yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.narrator import Narrator
from demo.stage import Stage
from demo.story import START, Story


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage(START) as running:
        yield running


def told(stage: Stage, people: int, weeks: int, seed: int = 1) -> Story:
    """A story with nobody who watches."""
    return Story(stage, people, weeks, seed, Narrator(lambda _line: None))
