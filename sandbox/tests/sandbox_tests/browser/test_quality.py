"""The page by keyboard alone, for screen readers, in the dark and in a narrow window."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from sandbox import Sandbox
from sandbox.browser import Visitor


@pytest.mark.slow
def test_an_order_by_keyboard_alone(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goes_to("food")
    page.locator("#composer-text").focus()
    keys.type("/lun")
    expect(page.get_by_role("option", name="/lunch [menu | poll]")).to_have_attribute("aria-selected", "true")
    keys.press("Tab")
    keys.press("Enter")
    expect(visitor.field("Dish")).to_be_focused()
    keys.type("soup")
    expect(page.get_by_role("option", name="Carrot soup")).to_be_visible()
    keys.press("Enter")
    keys.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "Enter", "Tab"):
        keys.press(key)
        expect(visitor.modal).to_be_visible()
    visitor.field("Portions").focus()
    keys.type("1")
    keys.press("Enter")
    expect(visitor.modal).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()
    visitor.goes_to("Messages")
    visitor.sees("1 × Carrot soup on Tuesday")


@pytest.mark.slow
def test_a_poll_by_keyboard_alone(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.goes_to("food")
    visitor.writes("/lunch poll")
    more = visitor.newest.get_by_role("button", name="More actions")
    more.focus()
    keys.press("Enter")
    expect(page.get_by_role("menuitem", name="Remind everybody")).to_be_focused()
    keys.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Clear votes")).to_be_focused()
    keys.press("Escape")
    expect(more).to_be_focused()
    end = visitor.newest.get_by_role("button", name="End")
    end.focus()
    keys.press("Enter")
    question = page.get_by_role("alertdialog", name="End the poll?")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    keys.press("Tab")
    expect(question.get_by_role("button", name="End it")).to_be_focused()
    keys.press("Tab")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    keys.press("Enter")
    expect(question).to_have_count(0)
    expect(end).to_be_focused()


@pytest.mark.slow
def test_from_person_to_person_by_keyboard_alone(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    page.locator("body").focus()
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("region", name="Messages", exact=True)).to_be_focused()
    ben = page.get_by_role("button", name="Act as Ben Example")
    ben.focus()
    keys.press("Enter")
    expect(page.locator("#me")).to_contain_text("Ben Example")
    expect(ben).to_be_focused()
    new = page.get_by_role("button", name="New message")
    new.focus()
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="To", exact=True)).to_be_focused()
    keys.press("Escape")
    expect(new).to_be_focused()


@pytest.mark.slow
def test_focus_stays_inside_a_modal(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch")
    expect(visitor.field("Dish")).to_be_focused()
    for key in ("Shift+Tab", "Tab"):
        for _ in range(30):
            visitor.page.keyboard.press(key)
            assert visitor.page.evaluate("document.activeElement.closest('dialog') !== null")


@pytest.mark.slow
def test_escape_closes_the_list_before_the_modal(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch")
    visitor.field("Day").click()
    expect(visitor.page.get_by_role("option", name="Monday")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("option", name="Monday")).to_be_hidden()
    expect(visitor.modal).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.modal).to_have_count(0)


@pytest.mark.slow
def test_news_is_announced(visitor: Visitor, lunch: Sandbox) -> None:
    visitor.goes_to("food")
    visitor.writes("Anybody?")
    ben = next(person for person in lunch.people() if person.name == "Ben Example")
    ben.says("Me", food(lunch))
    expect(visitor.page.locator("#announcer")).to_have_text("Ben Example: Me")


def food(slack: Sandbox) -> str:
    return next(c.id for c in slack.backend.ws.conversations.values() if c.name == "food")


SLOW = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        pytest.param("light", 1280, marks=SLOW),
        ("dark", 400),
        pytest.param("dark", 1280, marks=SLOW),
        pytest.param("light", 400, marks=SLOW),
    ],
)
def test_no_screen_has_a_serious_accessibility_problem(
    page: Page, lunch: Sandbox, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 860})
    visitor = Visitor(page, lunch.page_url)
    found = dict(screens(visitor))
    assert {screen: problems for screen, problems in found.items() if problems} == {}


def screens(visitor: Visitor) -> Iterator[tuple[str, list[str]]]:
    """Go from screen to screen, and tell what axe-core finds on each."""
    page = visitor.page
    yield "conversations", visitor.unfolds().complaints()
    visitor.goes_to("food")
    visitor.writes("/lunch menu")
    visitor.sees("Only visible to you")
    visitor.writes("/lunch poll")
    visitor.sees("Soup or salad?")
    yield "conversation", visitor.complaints()
    visitor.newest.get_by_role("combobox").click()
    yield "open menu", visitor.complaints()
    page.keyboard.press("Escape")
    visitor.presses("End")
    yield "confirmation", visitor.complaints()
    page.keyboard.press("Escape")
    yield from panels(visitor)
    visitor.goes_to("Home")
    expect(page.get_by_role("region", name="Home tab")).to_contain_text("Lunch at home")
    yield "home", visitor.complaints()
    visitor.presses("Order")
    visitor.submits()
    expect(visitor.modal.locator(".wrong").first).to_be_visible()
    yield "modal with errors", visitor.complaints()


def panels(visitor: Visitor) -> Iterator[tuple[str, list[str]]]:
    """What opens beside or above the conversation."""
    page = visitor.page
    visitor.presses("Inspector")
    page.get_by_text("Make something go wrong").click()
    page.locator(".entry summary").first.click()
    yield "inspector", visitor.complaints()
    visitor.presses("Close the inspector")
    visitor.newest.hover()
    visitor.presses("Reply in thread to Lunch")
    yield "thread", visitor.complaints()
    visitor.presses("Close the thread")
    visitor.unfolds().presses("New message")
    yield "new message", visitor.complaints()
    page.keyboard.press("Escape")


@pytest.mark.slow
def test_a_narrow_window_folds_the_sidebar(page: Page, lunch: Sandbox) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(lunch.page_url)
    expect(page.locator("#composer")).to_be_visible()
    fold = page.get_by_role("button", name="People and conversations")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#sidebar")).to_be_hidden()
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="Messages", exact=True).first.click()
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lunch")


@pytest.mark.slow
def test_whoever_comes_in_is_shown_a_conversation_at_once(page: Page, lunch: Sandbox) -> None:
    lunch.people()[1].says("Soup?", food(lunch))
    streams = []
    page.on("request", lambda each: streams.append(each.url) if "/page/stream" in each.url else None)
    page.goto(lunch.page_url)
    expect(page.locator("#messages")).to_contain_text("Soup?")
    expect(page).to_have_url(re.compile("as=.*at="))
    assert len(streams) == 1


@pytest.mark.slow
def test_a_lost_line_is_said_and_mended(page: Page, lunch: Sandbox) -> None:
    visitor = Visitor(page, lunch.page_url)
    page.context.set_offline(True)
    visitor.page.evaluate("location.hash += '&thread=1'")
    expect(page.get_by_text("The sandbox does not answer. Trying again")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("The sandbox does not answer. Trying again")).to_be_hidden()
