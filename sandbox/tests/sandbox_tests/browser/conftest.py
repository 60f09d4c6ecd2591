"""Fixtures: workspaces with an app that runs, and somebody on their page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from sandbox import AppConfig, Sandbox, Settings
from sandbox.browser import Visitor
from sandbox_tests.browser import sample_app
from sandbox_tests.browser.gallery import MANIFEST, Gallery, close

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
PING_SECONDS = 0.2
"""Slack's library closes its socket only between two things it hears, and waits three seconds for the next one."""


def pytest_configure(config: pytest.Config) -> None:
    """Add the fixtures of the browser; there is one for all, however many folders want it."""
    config.pluginmanager.import_plugin("sandbox.pytest_browser")


@contextmanager
def workspace(manifest: dict[str, Any]) -> Iterator[Sandbox]:
    """A workspace with that app installed and two people in #food; nobody is connected yet."""
    began = time.monotonic()
    now = lambda: START + timedelta(seconds=time.monotonic() - began)  # noqa: E731  # a clock in one line
    settings = Settings(rate_clock="off", ping_seconds=PING_SECONDS)
    with Sandbox(AppConfig.from_manifest(manifest), now=now, settings=settings) as running:
        people = [running.add_person(name, tz=zone, admin=admin) for name, zone, admin in PEOPLE]
        running.add_channel("food", people, bot=True)
        running.add_channel("random")
        yield running


PEOPLE = (("Ana Example", "Europe/Lisbon", True), ("Ben Example", "America/New_York", False))


@pytest.fixture
def lunch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """The workspace of the lunch app, with the app running."""
    with workspace(sample_app.MANIFEST) as slack:
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
        app = sample_app.start()
        slack.wait_for_connection()
        yield slack
        close(app)


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    """The workspace of the gallery app, with the app running."""
    with workspace(MANIFEST) as slack, Gallery(slack) as running:
        yield running


@pytest.fixture
def visitor(page: Page, lunch: Sandbox) -> Visitor:
    """Somebody on the page of the lunch workspace."""
    return Visitor(page, lunch.page_url)
