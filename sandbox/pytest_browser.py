"""A plugin for pytest: the fixtures `browser` and `page`, Chromium and a page whose console tells of no error."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from sandbox.browser import FLAGS, NoBrowser, chromium

PATIENCE = 120_000.0
"""Milliseconds to wait for anything on the page; a dead man's switch that no busy machine reaches."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests; without one they are skipped, or fail where REQUIRE_BROWSER is set."""
    try:
        path = chromium()
    except NoBrowser as missing:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(str(missing))
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own; the test fails if the console told of an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    found = context.new_page()
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # Refused acts answer 409; the browser calls that an error, too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    found.on("console", heard)
    found.on("pageerror", lambda error: troubles.append(str(error)))
    yield found
    context.close()
    assert troubles == []
