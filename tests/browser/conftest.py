"""Fixtures: Chromium, and a page that tolerates no error on its console, as the sandbox brings them."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Add the fixtures of the browser; there is one for all, however many folders want it."""
    config.pluginmanager.import_plugin("sandbox.pytest_browser")
