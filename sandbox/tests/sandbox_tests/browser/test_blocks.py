"""Everything that the sandbox takes as Block Kit is on the page as Slack would show it."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page, expect

from sandbox.block_kit.surfaces import BLOCK_SURFACES, ELEMENT_PLACES, Surface
from sandbox.blocks import completed
from sandbox.browser import Visitor
from sandbox_tests.block_kit.build import BLOCKS, ELEMENTS, held_by
from sandbox_tests.block_kit.strategies import homes, messages, modals
from sandbox_tests.browser.conftest import workspace
from sandbox_tests.browser.gallery import MANIFEST, Gallery, words
from sandbox_tests.patience import usually

Json = dict[str, Any]
HOLDERS = ("section", "actions", "context", "context_actions", "input")


def everything_on(surface: Surface) -> list[Json]:
    """Every block of that surface, and every element in every block that may hold it there."""
    alone = [block for kind, block in BLOCKS.items() if surface in BLOCK_SURFACES[kind]]
    numbers = count()
    held = [
        held_by(holder, element if kind == "image" else {**element, "action_id": f"a{next(numbers)}"})
        for kind, element in ELEMENTS.items()
        for holder in HOLDERS
        if holder in ELEMENT_PLACES[kind].blocks and surface in ELEMENT_PLACES[kind].surfaces
    ]
    return [*alone, *held]


@pytest.fixture
def visitor(page: Page, gallery: Gallery) -> Visitor:
    found = Visitor(page, gallery.slack.page_url)
    found.goes_to("food")
    return found


@pytest.mark.parametrize("scheme", usually(["dark"], ["light", "dark"]))
def test_every_block_and_element_of_a_message(visitor: Visitor, gallery: Gallery, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    blocks = everything_on(Surface.MESSAGE)
    for start in range(0, len(blocks), 40):
        gallery.posts(*blocks[start : start + 40])
    expect(visitor.page.locator("#messages .block")).to_have_count(len(blocks))
    expect(visitor.page.locator(".unknown")).to_have_count(0)
    assert visitor.complaints() == []


def test_every_block_and_element_of_a_form(visitor: Visitor, gallery: Gallery) -> None:
    blocks = everything_on(Surface.MODAL)
    gallery.shows(*blocks)
    visitor.writes("/show")
    expect(visitor.modal.locator(".block")).to_have_count(len(blocks))
    expect(visitor.modal.locator(".unknown")).to_have_count(0)
    assert visitor.complaints() == []


@pytest.mark.slow
def test_every_block_and_element_of_a_home_tab(visitor: Visitor, gallery: Gallery) -> None:
    blocks = everything_on(Surface.HOME)
    ana = gallery.slack.people()[0].id
    gallery.client.views_publish(user_id=ana, view={"type": "home", "blocks": blocks})
    visitor.goes_to("Home")
    expect(visitor.page.locator("#home .block")).to_have_count(len(blocks))
    expect(visitor.page.locator(".unknown")).to_have_count(0)
    assert visitor.complaints() == []


@pytest.fixture(scope="module")
def wall(browser: Browser) -> Any:
    """A page on which blocks can be hung without a conversation around them."""
    with workspace(MANIFEST) as slack:
        page = browser.new_page()
        page.goto(slack.page_url)
        yield page
        page.close()


SHOW = """async (blocks) => {
  const { showBlocks } = await import("/page/static/js/blocks.js");
  const wall = document.createElement("div");
  showBlocks(wall, blocks, { at: { view: "V1" }, values: {} });
  return [wall.children.length, wall.querySelectorAll(".unknown").length];
}"""
LEGAL = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def hangs(wall: Page, blocks: list[Json]) -> None:
    assert wall.evaluate(SHOW, completed(blocks)) == [len(blocks), 0]


@LEGAL
@given(blocks=messages)
def test_every_legal_message_is_shown(wall: Page, blocks: list[Json]) -> None:
    hangs(wall, blocks)


@pytest.mark.slow
@LEGAL
@given(view=modals)
def test_every_legal_form_is_shown(wall: Page, view: Json) -> None:
    hangs(wall, view["blocks"])


@pytest.mark.slow
@LEGAL
@given(view=homes)
def test_every_legal_home_tab_is_shown(wall: Page, view: Json) -> None:
    hangs(wall, view["blocks"])


def test_another_kind_of_field_may_take_the_same_place(wall: Page) -> None:
    here = {"type": "conversations_select", "default_to_current_conversation": True}
    for element in (here, {"type": "multi_users_select"}):
        hangs(wall, [{"type": "actions", "block_id": "b", "elements": [{**element, "action_id": "a"}]}])


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


@pytest.mark.slow
def test_a_table_keeps_its_sides(visitor: Visitor, gallery: Gallery) -> None:
    rows = [
        [raw("Dish"), raw("Price")],
        [raw("Soup"), {"type": "raw_number", "value": 4.5, "text": "4.50"}],
    ]
    columns = [{"is_wrapped": True}, {"align": "right"}]
    gallery.posts({"type": "table", "rows": rows, "column_settings": columns})
    table = visitor.newest.get_by_role("table")
    expect(table.get_by_role("columnheader", name="Price")).to_have_css("text-align", "right")
    expect(table.get_by_role("cell", name="4.50")).to_have_css("text-align", "right")
    expect(table.get_by_role("cell", name="Soup")).to_have_css("white-space", "normal")


@pytest.mark.slow
def test_rich_text_with_all_its_looks(visitor: Visitor, gallery: Gallery) -> None:
    def text(said: str, **style: bool) -> Json:
        return {"type": "text", "text": said, "style": style} if style else {"type": "text", "text": said}

    item = {"type": "rich_text_section", "elements": [text("third", underline=True)]}
    parts = [
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "indent": 1, "elements": [item]},
        {"type": "rich_text_preformatted", "elements": [text("a < b")]},
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "color", "value": "#ff0000"},
                {"type": "emoji", "name": "no-such-name", "unicode": "1f34f"},
                {"type": "date", "timestamp": 1799749800, "format": "{date_num}", "fallback": "soon"},
                {"type": "broadcast", "range": "here"},
            ],
        },
    ]
    gallery.posts({"type": "rich_text", "elements": parts})
    expect(visitor.newest.locator("ol")).to_have_attribute("start", "3")
    expect(visitor.newest.locator("ol u")).to_have_text("third")
    expect(visitor.newest.locator("pre")).to_have_text("a < b")
    expect(visitor.newest.locator(".swatch")).to_have_css("background-color", "rgb(255, 0, 0)")
    expect(visitor.newest).to_contain_text("#ff0000🍏2027-01-12@here")


@pytest.mark.slow
def test_cards_have_buttons_that_work(visitor: Visitor, gallery: Gallery) -> None:
    def card(title: str) -> Json:
        button = {"type": "button", "action_id": "order", "value": title, "text": words(f"Order {title}")}
        return {"type": "card", "block_id": title, "title": words(title), "actions": [button]}

    gallery.posts({"type": "carousel", "elements": [card("soup"), card("salad")]}, card("cake"))
    for title in ("salad", "cake"):
        visitor.presses(f"Order {title}", visitor.newest)
        expect(visitor.newest.locator("[aria-busy]")).to_have_count(0)
    assert [(each["block_id"], each["value"]) for each in gallery.heard] == [
        ("salad", "salad"),
        ("cake", "cake"),
    ]


@pytest.mark.slow
def test_a_data_table_turns_pages_sorts_and_filters(visitor: Visitor, gallery: Gallery) -> None:
    dishes = [(f"Dish {number}", number * 7 % 12) for number in range(12)]
    rows = [
        [raw("Dish"), raw("Orders")],
        *(
            [raw(dish), {"type": "raw_number", "value": count, "text": f"{count} ×"}]
            for dish, count in dishes
        ),
    ]
    gallery.posts({"type": "data_table", "caption": "Orders of the week", "rows": rows, "page_size": 5})
    table = visitor.newest.get_by_role("table", name="Orders of the week")
    names = table.get_by_role("rowheader")
    expect(names).to_have_text([f"Dish {number}" for number in range(5)])
    visitor.presses("Next rows", visitor.newest)
    visitor.presses("Next rows", visitor.newest)
    expect(names).to_have_text(["Dish 10", "Dish 11"])
    expect(visitor.newest.get_by_role("status")).to_have_text("Rows 11 to 12 of 12")
    expect(visitor.newest.get_by_role("button", name="Next rows")).to_have_attribute("aria-disabled", "true")
    head = table.get_by_role("columnheader", name="Orders")
    head.get_by_role("button").click()
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(table.get_by_role("cell")).to_have_text(["11 ×", "10 ×", "9 ×", "8 ×", "7 ×"])
    visitor.newest.get_by_role("searchbox", name="Filter rows").fill("dish 1")
    expect(names).to_have_text(["Dish 10", "Dish 1", "Dish 11"])
    assert visitor.complaints() == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", usually(["bar"], ["bar", "pie", "line", "area"]))
def test_a_chart_says_its_numbers(visitor: Visitor, gallery: Gallery, kind: str) -> None:
    points = [{"label": "Mon", "value": 4}, {"label": "Tue", "value": -2.5}]
    axes = {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Bowls"}
    series = [{"name": name, "data": points} for name in ("Soup", "Salad")]
    segments = [points[0], {"label": "Tue", "value": 12}]
    chart = {"segments": segments} if kind == "pie" else {"series": series, "axis_config": axes}
    gallery.posts({"type": "data_visualization", "title": "Bowls a day", "chart": {"type": kind, **chart}})
    said = "Mon 4, Tue 12." if kind == "pie" else "Soup: Mon 4, Tue -2.5. Salad: Mon 4, Tue -2.5."
    name = f"{kind.capitalize()} chart, Bowls a day. {said}"
    picture = visitor.newest.get_by_role("img", name=name, exact=True)
    expect(picture.locator(".series-1").first).to_be_visible()
    expect(visitor.newest.locator(".legend")).to_contain_text("Tue: 12 (75%)" if kind == "pie" else "Salad")
    visitor.newest.get_by_text("Show the numbers").click()
    table = visitor.newest.get_by_role("table", name="Bowls a day")
    expect(table.get_by_role("rowheader")).to_have_text(["Mon", "Tue"])
    expect(table.get_by_role("columnheader")).to_have_text(["Value"] if kind == "pie" else ["Soup", "Salad"])
    assert visitor.complaints() == []


@pytest.mark.slow
def test_a_carousel_at_home_is_turned_by_keyboard(visitor: Visitor, gallery: Gallery) -> None:
    def card(number: int) -> Json:
        button = {
            "type": "button",
            "action_id": "order",
            "value": str(number),
            "text": words(f"Order {number}"),
        }
        return {"type": "card", "title": words(f"Dish {number}"), "actions": [button]}

    ana = gallery.slack.people()[0].id
    blocks = [{"type": "carousel", "elements": [card(number) for number in range(8)]}, card(8)]
    gallery.client.views_publish(user_id=ana, view={"type": "home", "blocks": blocks})
    visitor.goes_to("Home")
    home = visitor.page.get_by_role("region", name="Home tab")
    on, back = (home.get_by_role("button", name=f"{way} card") for way in ("Next", "Previous"))
    expect(back).to_have_attribute("aria-disabled", "true")
    on.focus()
    for _ in range(7):
        visitor.page.keyboard.press("Enter")
    expect(home.get_by_role("group", name="8 of 8")).to_be_in_viewport(ratio=0.9)
    expect(home.get_by_role("group", name="1 of 8")).not_to_be_in_viewport()
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(on).to_be_focused()
    for number in (7, 8):
        visitor.presses(f"Order {number}", home)
        expect(home.locator("[aria-busy]")).to_have_count(0)
    assert [each["value"] for each in gallery.heard] == ["7", "8"]


@pytest.mark.slow
def test_buttons_that_lead_elsewhere_say_so(visitor: Visitor, gallery: Gallery) -> None:
    workflow = {"trigger": {"url": "https://slack.com/shortcuts/Ft0001/xyz"}}
    gallery.posts(
        {
            "type": "actions",
            "elements": [
                {"type": "workflow_button", "text": words("Start"), "workflow": workflow},
                {"type": "button", "text": words("Read"), "url": "https://example.com/read"},
            ],
        }
    )
    visitor.presses("Start", visitor.newest)
    expect(visitor.page.locator(".toast").last).to_contain_text(
        "would start the workflow at https://slack.com"
    )
    visitor.presses("Read", visitor.newest)
    expect(visitor.page.locator(".toast").last).to_contain_text("would open https://example.com/read")


@pytest.mark.slow
def test_feedback_and_what_only_some_may_press(visitor: Visitor, gallery: Gallery) -> None:
    both = {
        "positive_button": {"text": words("Good"), "value": "good"},
        "negative_button": {"text": words("Bad"), "value": "bad", "accessibility_label": "Bad answer"},
    }
    delete = {"type": "icon_button", "icon": "trash", "text": words("Delete")}
    ben = gallery.slack.people()[1].id
    feedback = {"type": "feedback_buttons", **both}
    gallery.posts(
        {"type": "context_actions", "elements": [feedback, {**delete, "visible_to_user_ids": [ben]}]}
    )
    visitor.presses("Bad answer", visitor.newest)
    expect(visitor.newest.locator("[aria-busy]")).to_have_count(0)
    assert gallery.heard[0]["value"] == "bad"
    expect(visitor.newest.get_by_role("button", name="Delete")).to_have_count(0)
    visitor.acts_as("Ben Example")
    expect(visitor.newest.get_by_role("button", name="Delete")).to_be_visible()


@pytest.mark.slow
def test_an_old_attachment(visitor: Visitor, gallery: Gallery) -> None:
    attachment = {
        "color": "#36a64f",
        "title": "The menu",
        "text": "*Soup*",
        "fields": [{"title": "Price", "value": "4.50", "short": True}],
    }
    gallery.client.chat_postMessage(channel=gallery.food, text="On show", attachments=[attachment])
    box = visitor.newest.locator(".attachment")
    expect(box).to_have_css("border-left-color", "rgb(54, 166, 79)")
    expect(box).to_contain_text("The menu")
    expect(box.locator(".fields")).to_contain_text("4.50")


@pytest.mark.slow
def test_files_of_the_app(visitor: Visitor, gallery: Gallery) -> None:
    upload = gallery.client.files_upload_v2
    upload(channel=gallery.food, content=b"a,b\n1,2\n", filename="menu.csv", title="The menu")
    visitor.sees("The menu")
    with visitor.page.expect_download() as download:
        visitor.newest.get_by_role("link", name="The menu").click()
    assert download.value.suggested_filename == "menu.csv"
    assert download.value.path().read_bytes() == b"a,b\n1,2\n"
    done = upload(channel=gallery.food, content=PIXEL, filename="dot.png", title="A dot")
    picture = visitor.newest.get_by_role("img", name="A dot")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") == 1
    gallery.client.files_delete(file=done["file"]["id"])
    expect(visitor.newest).to_contain_text("This file was deleted.")


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63104870f80f00"
    "02e401b09c089b810000000049454e44ae426082"
)
