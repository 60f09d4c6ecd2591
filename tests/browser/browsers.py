"""Finding Chromium, and saying how to get it where there is none."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW = (
    "There is no Chromium here. On Debian or Ubuntu: apt-get install chromium (or set CHROMIUM to its path)."
)


def chromium() -> str:
    """The path of Chromium; skips the test, or fails it where REQUIRE_BROWSER is set."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(HOW)
    pytest.skip(HOW)


def axe_source() -> str:
    """The script of axe-core, as axe-playwright-python ships it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec
    assert spec.submodule_search_locations
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
