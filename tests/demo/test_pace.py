"""How a story is watched: at leisure, in a hurry, or not to its end."""

from __future__ import annotations

import threading
import time

import pytest

from demo.pace import OPENING, Pace, TakenOver
from sandbox.page import Scene

LONG = 3600.0


def scene(number: int) -> Scene:
    return Scene(number, 3, "A part", "Look at this.")


def watched() -> Pace:
    """A pace at which the first scene plays."""
    return Pace(watched=True, first=scene(1))


def test_nobody_who_watches_means_no_rest_at_all() -> None:
    pace = Pace(watched=False)
    pace.begin(scene(1))
    pace.rest(LONG)
    assert pace.now() is None


def test_there_is_time_to_look() -> None:
    pace, began = watched(), time.monotonic()
    pace.rest(0.05)
    assert time.monotonic() - began >= 0.05


@pytest.mark.slow
def test_skipping_ends_the_rest_and_those_of_this_scene() -> None:
    pace = watched()
    threading.Timer(0.05, pace.skip).start()
    pace.rest(LONG)
    pace.rest(LONG)
    began = time.monotonic()
    pace.begin(scene(2))
    assert time.monotonic() - began >= OPENING


def test_skipping_all_leaves_no_rest() -> None:
    pace = watched()
    pace.skip_all()
    for number in (1, 2, 3):
        pace.begin(scene(number))
        pace.rest(LONG)


def test_taking_over_ends_the_story_in_the_middle_of_a_rest() -> None:
    pace = watched()
    threading.Timer(0.05, pace.take_over).start()
    with pytest.raises(TakenOver):
        pace.rest(LONG)
    assert pace.now() is None
    with pytest.raises(TakenOver):
        pace.begin(scene(2))
