"""Fixtures: a company without a program yet; Chromium, and a page without errors on its console, as of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.stage import Stage
from demo.story import START
from tests.browser.company import COMPANY, LEADS


def pytest_configure(config: pytest.Config) -> None:
    """Add the fixtures of the browser; there is one for all, however many folders want it."""
    config.pluginmanager.import_plugin("sandbox.pytest_browser")


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The demo's stage with this company, whose first is an admin with a channel for leads."""
    with Stage(START) as running:
        people = [running.slack.add_person(who[0], tz=who[1], admin=not n) for n, who in enumerate(COMPANY)]
        running.slack.add_channel(LEADS, people[:1], private=True, bot=True)
        yield running
