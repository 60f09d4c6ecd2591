"""What fails once on the page is said, with what to do, and the next try works; nothing typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from sandbox.browser import Visitor
from sandbox_tests.browser.gallery import Gallery, field, words

pytestmark = pytest.mark.slow

Json = dict[str, Any]


@pytest.fixture
def visitor(page: Page, gallery: Gallery) -> Visitor:
    found = Visitor(page, gallery.slack.page_url)
    found.goes_to("food")
    return found


def fails_once(page: Page, address: str) -> None:
    page.route(address, lambda route: route.abort(), times=1)


def complaint(visitor: Visitor, text: str) -> Locator:
    return visitor.page.get_by_role("alert").filter(has_text=text).first


def opens(visitor: Visitor, gallery: Gallery, *blocks: Json) -> None:
    gallery.shows(*blocks)
    visitor.writes("/show")
    expect(visitor.modal).to_be_visible()


def test_a_file_that_cannot_be_read_stops_nothing(visitor: Visitor, gallery: Gallery, tmp_path: Path) -> None:
    page = visitor.page
    opens(
        visitor, gallery, field("File", {"type": "file_input"}), field("Note", {"type": "plain_text_input"})
    )
    held: list[Route] = []
    page.route("**/page/keep", lambda route: held.append(route), times=1)  # Playwright marks it
    visitor.field("Note").fill("see the file")
    while not held:
        page.wait_for_timeout(10)
    menu = tmp_path / "menu.csv"
    menu.write_text("soup,4\n")
    visitor.field("File").set_input_files(menu)
    menu.unlink()
    held[0].continue_()
    expect(complaint(visitor, "menu.csv could not be read")).to_contain_text("choose it again")
    menu.write_text("soup,5\n")
    visitor.field("File").set_input_files(menu)
    expect(visitor.modal.get_by_role("list", name="Chosen files")).to_contain_text("menu.csv")
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    assert gallery.submitted[0]["Note"]["value"] == "see the file"
    assert [each["name"] for each in gallery.submitted[0]["File"]["files"]] == ["menu.csv"]


def test_what_is_done_once_more_works(visitor: Visitor, gallery: Gallery) -> None:
    page = visitor.page
    fails_once(page, "**/page/say")
    page.locator("#composer-text").fill("Soup?")
    page.keyboard.press("Enter")
    expect(complaint(visitor, "Try again")).to_be_visible()
    expect(page.locator("#composer-text")).to_have_value("Soup?")
    page.locator("#composer-text").press("Enter")
    visitor.sees("Soup?")
    gallery.posts({"type": "actions", "elements": [{"type": "button", "text": words("Press")}]})
    for times in (0, 1):
        if not times:
            fails_once(page, "**/page/press")
        visitor.presses("Press", visitor.newest)
        expect(visitor.newest.locator("[aria-busy]")).to_have_count(0)
        assert len(gallery.heard) == times


def test_a_choice_that_did_not_arrive_is_not_shown(visitor: Visitor, gallery: Gallery) -> None:
    options = [{"text": words(text), "value": text} for text in ("Soup", "Salad")]
    gallery.options = {"options": options}
    opens(
        visitor,
        gallery,
        field("Dish", {"type": "static_select", "options": options}),
        field("Other", {"type": "external_select", "min_query_length": 1}, optional=True),
    )
    fails_once(visitor.page, "**/page/fill")
    visitor.picks("Dish", "", "Soup")
    expect(visitor.modal.locator(".problem")).to_contain_text("Try again")
    expect(visitor.field("Dish")).to_have_value("")
    visitor.picks("Dish", "", "Soup")
    expect(visitor.field("Dish")).to_have_value("Soup")
    fails_once(visitor.page, "**/page/suggest")
    visitor.field("Other").click()
    visitor.field("Other").fill("s")
    expect(visitor.page.get_by_role("option", name="Type again to search")).to_be_visible()
    visitor.picks("Other", "sa", "Salad")
    expect(visitor.field("Other")).to_have_value("Salad")
    fails_once(visitor.page, "**/page/submit")
    visitor.submits()
    expect(visitor.modal.locator(".problem")).to_contain_text("Try again")
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    assert gallery.submitted[0]["Dish"]["selected_option"]["value"] == "Soup"


def test_nothing_is_sent_without_what_was_typed(visitor: Visitor, gallery: Gallery) -> None:
    opens(visitor, gallery, field("Note", {"type": "plain_text_input"}))
    visitor.page.route("**/page/keep", lambda route: route.abort())
    visitor.field("Note").fill("no onions")
    visitor.submits()
    expect(visitor.modal.locator(".problem")).to_contain_text("Try again")
    visitor.page.unroute("**/page/keep")
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    assert gallery.submitted == [{"Note": {"type": "plain_text_input", "value": "no onions"}}]


def test_a_stream_that_ends_in_an_error_is_opened_again(visitor: Visitor, gallery: Gallery) -> None:
    page = visitor.page
    page.route("**/page/stream*", lambda route: route.fulfill(status=500, body="no"), times=1)
    visitor.goes_to("random")
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.get_by_role("button", name="Join channel")).to_be_visible()


def test_the_inspector_asks_again_for_what_did_not_arrive(visitor: Visitor) -> None:
    fails_once(visitor.page, "**/page/wire*")
    visitor.presses("Inspector")
    inspector = visitor.page.get_by_role("complementary", name="Inspector")
    expect(inspector).to_contain_text("They are asked for again.")
    expect(inspector.locator(".entry").first).to_be_visible()


@pytest.mark.parametrize("part", ["js/menu.js", "js/main.js", "css/base.css"])
def test_a_part_of_the_page_that_does_not_arrive_is_fetched_again(
    page: Page, gallery: Gallery, part: str
) -> None:
    missed: list[str] = []

    def miss(route: Route) -> None:
        missed.append(route.request.url)
        route.abort()

    page.route(f"**/{part}", miss, times=1)
    visitor = Visitor(page, gallery.slack.page_url)
    visitor.goes_to("food")
    expect(page.locator("#starting")).to_have_count(0)
    expect(page.locator("html")).to_have_css("margin", "0px")
    assert len(missed) == 1


def test_a_part_that_never_arrives_is_said(page: Page, gallery: Gallery) -> None:
    page.route("**/js/menu.js", lambda route: route.abort())
    page.add_init_script("window.reportError = () => {}")
    page.goto(gallery.slack.page_url)
    again = page.get_by_role("button", name="Reload the page")
    expect(again).to_be_visible()
    page.unroute("**/js/menu.js")
    again.click()
    expect(page.locator("#sidebar")).to_contain_text("Messages")


def test_one_block_that_cannot_be_drawn_keeps_no_other_from_it(visitor: Visitor, gallery: Gallery) -> None:
    """Such a block is a mistake of the page itself, so it is put past the checks here."""
    page = visitor.page
    page.evaluate("window.reportError = (error) => { window.told = String(error); }")
    gallery.posts({"type": "divider"}, {"type": "section", "text": words("Still here")})
    visitor.sees("Still here")
    script = """async () => {
      const { showBlocks } = await import("/page/static/js/blocks.js");
      const wall = document.createElement("div");
      const broken = { type: "section", block_id: "b", text: { get type() { throw new Error("no type"); } } };
      broken.toJSON = () => "broken";
      showBlocks(wall, [broken, { type: "divider", block_id: "d" }], { at: { view: "V1" }, values: {} });
      return [wall.querySelectorAll(".unknown").length, wall.querySelectorAll("hr").length, window.told];
    }"""
    assert page.evaluate(script) == [1, 1, "Error: no type"]
