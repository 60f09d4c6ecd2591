"""How long things rest, also when the clock is set meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.waits import Pause

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "goes_on"),
    [(0, True), (29.9, True), (30, False), (86_400, False), (-1, False), (-8_640_000, False)],
)
def test_a_pause_ends_in_time_and_when_the_clock_is_set_back(passed: float, goes_on: bool) -> None:
    assert Pause.of(NOW, 30).goes_on(NOW + timedelta(seconds=passed)) is goes_on


def test_a_pause_of_nothing_is_over() -> None:
    assert not Pause.of(NOW, 0).goes_on(NOW)
