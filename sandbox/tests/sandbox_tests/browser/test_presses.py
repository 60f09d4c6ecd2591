"""What happens on the page between a press and its release loses neither the click, the focus nor what was selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.browser import Visitor
from sandbox_tests.browser.gallery import Gallery, field, words
from sandbox_tests.patience import soon

pytestmark = pytest.mark.slow

Json = dict[str, Any]
HEARD = """async (word) => {
  const { state } = await import("/page/static/js/store.js");
  return JSON.stringify([state.messages, state.modals, state.home]).includes(word);
}"""


def option(text: str) -> Json:
    return {"text": words(text), "value": text.lower()}


def controls(round_: str) -> list[Json]:
    """A control of each kind; every block is another one in every round."""
    options = [option("Soup"), option("Salad")]
    return [
        {"type": "section", "block_id": "words", "text": words(f"Round {round_}")},
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                {"type": "button", "action_id": "press", "text": words("Press"), "value": round_},
                {"type": "overflow", "action_id": "more", "options": [*options, option(round_)]},
                {"type": "checkboxes", "action_id": "ticks", "options": [*options, option(round_)]},
                {"type": "static_select", "action_id": "choice", "options": [*options, option(round_)]},
            ],
        },
    ]


@pytest.fixture
def visitor(page: Page, gallery: Gallery) -> Visitor:
    found = Visitor(page, gallery.slack.page_url)
    found.goes_to("food")
    return found


class Redrawn:
    """Draws everything anew, in a message or in a form, and knows how often it did."""

    def __init__(self, visitor: Visitor, gallery: Gallery) -> None:
        self.visitor, self.gallery, self.rounds = visitor, gallery, 0
        self.send: Callable[[list[Json]], object] = lambda blocks: gallery.posts(*blocks)

    def again(self) -> str:
        self.rounds += 1
        self.send(controls(f"r{self.rounds}"))
        return f"Round r{self.rounds}"

    def arrives(self) -> None:
        """Have everything replaced, and wait until the page has heard of it."""
        word, page = self.again(), self.visitor.page
        soon(lambda: page.evaluate(HEARD, word))

    def clicks_through(self, target: Locator) -> None:
        """Press the mouse on something, have everything replaced, and let go."""
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        mouse = self.visitor.page.mouse
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        self.arrives()
        mouse.up()
        expect(self.visitor.page.get_by_text(f"Round r{self.rounds}")).to_be_visible()


@pytest.fixture(params=["message", "form"])
def redrawn(request: pytest.FixtureRequest, visitor: Visitor, gallery: Gallery) -> Redrawn:
    found = Redrawn(visitor, gallery)
    client = gallery.client
    if request.param == "message":
        sent = client.chat_postMessage(channel=gallery.food, text="On show", blocks=controls("r0"))
        found.send = lambda blocks: client.chat_update(
            channel=gallery.food, ts=sent["ts"], text="On show", blocks=blocks
        )
        return found
    gallery.shows(*controls("r0"))
    visitor.writes("/show")
    expect(visitor.modal).to_be_visible()
    top = gallery.slack.backend.views.top(gallery.slack.people()[0].id)
    assert top is not None
    view = {"type": "modal", "title": words("On show"), "submit": words("Send")}
    found.send = lambda blocks: client.views_update(view_id=top.id, view={**view, "blocks": blocks})
    return found


def test_no_click_is_lost_to_a_redraw(redrawn: Redrawn, gallery: Gallery) -> None:
    page = redrawn.visitor.page
    place = page.locator("dialog.modal, #messages").last
    redrawn.clicks_through(place.get_by_role("button", name="Press"))
    redrawn.clicks_through(place.get_by_role("button", name="More actions"))
    redrawn.clicks_through(place.get_by_label("Soup", exact=True))
    expect(place.get_by_label("Soup", exact=True)).to_be_checked()
    place.get_by_role("button", name="More actions").click()
    redrawn.clicks_through(page.get_by_role("menuitem", name="Salad"))
    place.get_by_role("combobox").click()
    redrawn.clicks_through(page.get_by_role("option", name="Salad"))
    expect(place.get_by_role("combobox")).to_have_value("Salad")
    soon(lambda: len(gallery.heard) == 4)
    assert [each["action_id"] for each in gallery.heard] == ["press", "ticks", "more", "choice"]


def test_no_key_is_lost_to_a_redraw(redrawn: Redrawn, gallery: Gallery) -> None:
    page = redrawn.visitor.page
    place = page.locator("dialog.modal, #messages").last
    for name in ("Press", "Soup"):
        control = place.get_by_role("button", name=name).or_(place.get_by_label(name, exact=True))
        control.focus()
        page.keyboard.down(" ")
        redrawn.arrives()
        page.keyboard.up(" ")
        expect(page.get_by_text(f"Round r{redrawn.rounds}")).to_be_visible()
        expect(control).to_be_focused()
    expect(place.get_by_label("Soup", exact=True)).to_be_checked()
    soon(lambda: len(gallery.heard) == 2)
    assert [each["action_id"] for each in gallery.heard] == ["press", "ticks"]


def test_the_buttons_of_a_form_are_pressed_through_a_redraw(visitor: Visitor, gallery: Gallery) -> None:
    for button in ("Cancel", "Send"):
        gallery.shows(*controls("r0"))
        visitor.writes("/show")
        expect(visitor.modal).to_be_visible()
        top = gallery.slack.backend.views.top(gallery.slack.people()[0].id)
        assert top is not None
        redrawn = Redrawn(visitor, gallery)
        view = {"type": "modal", "title": words("Anew"), "submit": words("Send")}
        redrawn.send = lambda blocks, top=top, view=view: gallery.client.views_update(  # type: ignore[misc]  # bound here
            view_id=top.id, view={**view, "blocks": blocks}
        )
        box = visitor.modal.get_by_role("button", name=button, exact=True).bounding_box()
        assert box is not None
        visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        visitor.page.mouse.down()
        redrawn.arrives()
        visitor.page.mouse.up()
        expect(visitor.modal).to_have_count(0)
    assert len(gallery.submitted) == 1


def test_a_press_that_nobody_ends_does_not_stop_the_page(visitor: Visitor, gallery: Gallery) -> None:
    page = visitor.page
    page.evaluate("dispatchEvent(new PointerEvent('pointerdown', {pointerType: 'mouse', buttons: 1}))")
    gallery.client.chat_postMessage(channel=gallery.food, text="Still here")
    page.mouse.move(300, 300)
    visitor.sees("Still here")


def test_what_is_selected_and_focused_stays_when_something_else_changes(
    visitor: Visitor, gallery: Gallery
) -> None:
    page, client = visitor.page, gallery.client
    sent = client.chat_postMessage(channel=gallery.food, text="Soup or salad?")
    visitor.sees("Soup or salad?")
    reply = visitor.newest.get_by_role("button", name="Reply in thread")
    reply.focus()
    said = visitor.newest.locator(".content > div")
    said.evaluate("each => getSelection().selectAllChildren(each)")
    gallery.slack.people()[1].reacts("tada", gallery.slack.people()[1].messages(gallery.food)[-1])
    expect(visitor.newest.locator(".reaction")).to_have_count(1)
    assert page.evaluate("String(getSelection())") == "Soup or salad?"
    expect(reply).to_be_focused()
    client.chat_update(channel=gallery.food, ts=sent["ts"], text="Cake?")
    expect(said).to_have_text("Cake?")
    expect(reply).to_be_focused()


def test_typing_goes_on_where_a_field_is_drawn_anew(visitor: Visitor, gallery: Gallery) -> None:
    page, written = visitor.page, {"type": "plain_text_input"}
    gallery.shows(field("Note", written))
    visitor.writes("/show")
    visitor.field("Note").press_sequentially("no onin")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    top = gallery.slack.backend.views.top(gallery.slack.people()[0].id)
    assert top is not None
    view = {"type": "modal", "title": words("On show"), "submit": words("Send")}
    hint = {"hint": words("Or nothing")}
    gallery.client.views_update(view_id=top.id, view={**view, "blocks": [field("Note", written, **hint)]})
    expect(visitor.modal).to_contain_text("Or nothing")
    page.keyboard.type("!")
    expect(visitor.field("Note")).to_have_value("no on!in")
