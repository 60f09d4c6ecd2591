"""The page in Chromium, for tests: finding a browser, and a visitor with mouse and keyboard.

Needs the extra `browser`: Playwright, which downloads nothing by itself, and axe-core.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from pathlib import Path
from typing import Self

from playwright.sync_api import Locator, Page, Response, expect

__all__ = ["FLAGS", "NoBrowser", "Visitor", "axe_source", "chromium"]

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
"""What to start Chromium with, so that it asks nobody anything."""

_FAILING = {"serious", "critical"}


class NoBrowser(Exception):
    """There is no Chromium here; says how to get one."""


def chromium() -> str:
    """The path of Chromium: what `CHROMIUM` names, else one on the PATH; raises `NoBrowser`."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoBrowser(
            "There is no Chromium here. On Debian or Ubuntu: apt-get install chromium (or set CHROMIUM to its path)."
        )
    return found


def axe_source() -> str:
    """The script of axe-core, as axe-playwright-python ships it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec
    assert spec.submodule_search_locations
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def _moved_time(answer: Response) -> bool:
    """Whether that answers the press of a button of the clock."""
    asked = answer.request
    return asked.method == "POST" and "leap" in f"{asked.url} {asked.post_data}"


class Visitor:
    """Somebody in front of the page; everything is found by its role and name, as a screen reader would."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        expect(page.locator("#sidebar")).to_contain_text("Messages")

    def unfolds(self) -> Self:
        """Show people and conversations, which are behind a button in a narrow window."""
        fold = self.page.get_by_role("button", name="People and conversations")
        if fold.is_visible() and fold.get_attribute("aria-expanded") == "false":
            fold.click()
        return self

    def acts_as(self, name: str) -> None:
        """Click on the initials of a person."""
        self.unfolds()
        self.page.get_by_role("navigation", name="Act as").get_by_role(
            "button", name=f"Act as {name}"
        ).click()
        expect(self.page.locator("#me")).to_contain_text(name)

    def goes_to(self, name: str) -> None:
        """Open a conversation, or the app's Messages or Home."""
        self.unfolds()
        sidebar = self.page.locator("#sidebar")
        sidebar.get_by_role("button", name=name).first.click()
        place = sidebar.get_by_role("button", name=name, include_hidden=True).first
        expect(place).to_have_attribute("aria-current", "page")

    def writes(self, text: str) -> None:
        """Send a message or a command."""
        box = self.page.locator("#composer-text")
        box.fill(text)
        box.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    @property
    def modal(self) -> Locator:
        """The open modal."""
        return self.page.locator("dialog.modal")

    @property
    def messages(self) -> Locator:
        """All messages of the open conversation."""
        return self.page.locator("#messages .message")

    @property
    def newest(self) -> Locator:
        """The last message."""
        return self.messages.last

    def sees(self, text: str) -> None:
        """Wait for a message with that text."""
        expect(self.messages.filter(has_text=text).last).to_be_visible()

    def field(self, label: str) -> Locator:
        """The control of that label in the open modal."""
        return self.modal.locator(".block.input").filter(has_text=label).locator("input, textarea").first

    def picks(self, label: str, query: str, option: str) -> None:
        """Type into a menu of the open modal and take an option."""
        box = self.field(label)
        box.click()
        box.fill(query)
        self.page.get_by_role("option", name=option).first.click()

    def ticks(self, option: str) -> None:
        """Tick a box or a radio button of the open modal."""
        self.modal.get_by_label(option, exact=True).check()

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Press a button by what it says, or by its name where it says nothing."""
        place = within or self.page.locator("body")
        written = place.locator("button", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        written.or_(place.get_by_role("button", name=name, exact=True)).last.click()

    def submits(self) -> None:
        """Send the open modal."""
        self.modal.locator("button.submit").click()

    def moves_time(self, name: str) -> None:
        """Press a button of the clock at the top, and wait until it stands still again."""
        button = self.page.get_by_role("group", name="Time").get_by_role(
            "button", name=re.compile(f"^{name}")
        )
        # The answer comes when the time has passed; the clock may say so too early, before it has begun to move.
        with self.page.expect_response(_moved_time, timeout=0):
            button.click()
        expect(self.page.locator("#clock")).to_have_attribute("aria-busy", "false")
        expect(button).to_be_enabled()

    def complaints(self) -> list[str]:
        """What axe-core finds serious on the screen as it is."""
        self.page.evaluate(axe_source())
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for each in found["violations"]
            if each["impact"] in _FAILING
            for node in each["nodes"]
        ]
