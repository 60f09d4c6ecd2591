"""A visitor: what somebody does on the page with mouse and keyboard."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.browsers import axe_source

FAILING = {"serious", "critical"}


class Visitor:
    """Somebody in front of the page; everything is found by its role and name, as a screen reader would."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        expect(page.locator("#sidebar")).to_contain_text("Messages")

    def unfolds(self) -> Self:
        """In a narrow window the people and conversations are behind a button."""
        fold = self.page.get_by_role("button", name="People and conversations")
        if fold.is_visible() and fold.get_attribute("aria-expanded") == "false":
            fold.click()
        return self

    def acts_as(self, name: str) -> None:
        self.unfolds()
        self.page.get_by_role("navigation", name="Act as").get_by_role(
            "button", name=f"Act as {name}"
        ).click()
        expect(self.page.locator("#me")).to_contain_text(name)

    def goes_to(self, name: str) -> None:
        self.unfolds()
        sidebar = self.page.locator("#sidebar")
        sidebar.get_by_role("button", name=name).first.click()
        place = sidebar.get_by_role("button", name=name, include_hidden=True).first
        expect(place).to_have_attribute("aria-current", "page")

    def writes(self, text: str) -> None:
        box = self.page.locator("#composer-text")
        box.fill(text)
        box.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    @property
    def modal(self) -> Locator:
        return self.page.locator("dialog.modal")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages .message")

    @property
    def newest(self) -> Locator:
        return self.messages.last

    def sees(self, text: str) -> None:
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
        self.modal.get_by_label(option, exact=True).check()

    def presses(self, name: str, within: Locator | None = None) -> None:
        """A button by what it says, or by its name where it says nothing."""
        place = within or self.page.locator("body")
        written = place.locator("button", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        written.or_(place.get_by_role("button", name=name, exact=True)).last.click()

    def submits(self) -> None:
        self.modal.locator("button.submit").click()

    def moves_time(self, name: str) -> None:
        button = self.page.get_by_role("group", name="Time").get_by_role(
            "button", name=re.compile(f"^{name}")
        )
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
            if each["impact"] in FAILING
            for node in each["nodes"]
        ]
