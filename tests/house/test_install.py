"""Each way that the handbook and the install files name gives a bot that connects, and is told what is told there."""

from __future__ import annotations

import sys

import pytest

from tests.house.installs import DOCUMENT, MARKS, WAYS, seconds


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="systemd and containers are Linux's")
@pytest.mark.parametrize("name", WAYS)
def test_it_leads_from_nothing_to_a_connected_bot(name: str) -> None:
    assert seconds(WAYS[name][1]) > 0


def test_the_figures_are_of_these_ways() -> None:
    written = DOCUMENT.read_text().partition(MARKS.begin)[2].partition(MARKS.end)[0]
    assert [words for words, _ in WAYS.values() if f"| {words}" not in written] == []
