"""The way through the page by Tab: few stops, however many people and messages there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from sandbox import AppConfig, Sandbox
from sandbox.browser import Visitor
from sandbox_tests.browser.gallery import MANIFEST

pytestmark = pytest.mark.slow

MOST_STOPS = 15
AT = """() => {
  const at = document.activeElement;
  return at.id || at.getAttribute("aria-label") || at.textContent.trim().slice(0, 40);
}"""


@pytest.fixture
def visitor(page: Page) -> Iterator[Visitor]:
    """A workspace of a hundred people, twenty channels and many messages, each with a button."""
    with Sandbox(AppConfig.from_manifest(MANIFEST)) as slack:
        people = [slack.add_person(f"Person {number} Example", admin=not number) for number in range(100)]
        food = slack.add_channel("food", people, bot=True)
        for number in range(20):
            slack.add_channel(f"channel-{number}", people[:1])
        for number in range(60):
            people[number % 7].says(f"Soup number {number}?", food)
        found = Visitor(page, slack.page_url)
        found.goes_to("food")
        expect(found.messages).to_have_count(60)
        yield found


def stops_until(page: Page, wanted: str) -> list[str]:
    """Press Tab from the top of the page, and tell where it stops."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    page.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
    )
    found: list[str] = []
    while len(found) < 200:
        page.keyboard.press("Tab")
        found.append(page.evaluate(AT))
        if found[-1] == wanted:
            break
    return found


def test_the_message_box_is_a_few_stops_away(visitor: Visitor) -> None:
    page = visitor.page
    stops = stops_until(page, "composer-text")
    assert stops[-1] == "composer-text"
    assert len(stops) <= MOST_STOPS, stops
    assert stops[:2] == ["Skip to the messages", "skip-composer"]
    stops_until(page, "skip-composer")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-text")).to_be_focused()
    assert "at=" in page.url, "the address still says where the viewer is"


def test_arrow_keys_go_from_person_to_person_and_from_place_to_place(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    people = page.get_by_role("toolbar", name="People")
    stops_until(page, "Act as Person 0 Example")
    keys.press("ArrowDown")
    expect(people.get_by_role("button", name="Act as Person 1 Example", exact=True)).to_be_focused()
    keys.press("End")
    expect(people.get_by_role("button").last).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#me")).to_contain_text("Person 99 Example")
    expect(people.get_by_role("button").last).to_be_focused()
    here = page.get_by_role("toolbar", name="Conversations").locator("[aria-current=page]")
    expect(here, "the conversations of somebody else are drawn a moment later").to_have_attribute(
        "tabindex", "0"
    )
    keys.press("Tab")
    expect(here).to_be_focused()
    keys.press("ArrowDown")
    expect(page.get_by_role("toolbar", name="Conversations").locator(":focus")).to_have_count(1)
    expect(here).not_to_be_focused()


def test_arrow_keys_go_from_message_to_message_and_tab_into_it(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.newest.focus()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    before = visitor.messages.nth(57)
    expect(before).to_be_focused()
    keys.press("Tab")
    expect(before.locator(":focus")).to_have_count(1)
    before.get_by_role("button", name="React").focus()
    keys.press("Tab")
    keys.press("Tab")
    expect(page.locator("#composer-text")).to_be_focused()
    keys.press("Shift+Tab")
    expect(before.get_by_role("button", name="Reply")).to_be_focused()
