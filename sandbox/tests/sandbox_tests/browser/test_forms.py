"""Every field of a form, filled in by hand: what the app is told, what is refused, what is asked first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from sandbox.browser import Visitor
from sandbox_tests.browser.gallery import Gallery, field, words
from sandbox_tests.kit import http

Json = dict[str, Any]


def option(text: str) -> Json:
    return {"text": words(text), "value": text.lower()}


def menu(*texts: str, kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "options": [option(text) for text in texts], **more}


SURE = {
    "title": words("Sure?"),
    "text": words("Everybody will see it."),
    "confirm": words("Yes"),
    "deny": words("No"),
}


@pytest.fixture
def visitor(page: Page, gallery: Gallery) -> Visitor:
    found = Visitor(page, gallery.slack.page_url)
    found.goes_to("food")
    return found


def opens(visitor: Visitor, gallery: Gallery, *blocks: Json) -> None:
    gallery.shows(*blocks)
    visitor.writes("/show")
    expect(visitor.modal).to_be_visible()


def sends(visitor: Visitor, gallery: Gallery) -> Json:
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    return gallery.submitted[-1]


@pytest.mark.slow
def test_dates_and_times(visitor: Visitor, gallery: Gallery) -> None:
    opens(
        visitor,
        gallery,
        field("Day", {"type": "datepicker", "initial_date": "2027-01-11"}),
        field("Hour", {"type": "timepicker", "timezone": "America/New_York"}),
        field("Moment", {"type": "datetimepicker", "initial_date_time": 1815730200}),
    )
    expect(visitor.field("Day")).to_have_value("2027-01-11")
    expect(visitor.field("Moment")).to_have_value("2027-07-16T10:30")
    expect(visitor.modal).to_contain_text("America/New York")
    visitor.field("Day").fill("2027-03-01")
    visitor.field("Hour").fill("14:30")
    visitor.field("Moment").fill("2027-07-02T09:15")
    values = sends(visitor, gallery)
    assert values["Day"]["selected_date"] == "2027-03-01"
    assert values["Hour"]["selected_time"] == "14:30"
    in_lisbon = int(datetime(2027, 7, 2, 8, 15, tzinfo=UTC).timestamp())
    assert values["Moment"]["selected_date_time"] == in_lisbon


@pytest.mark.slow
def test_people_and_places(visitor: Visitor, gallery: Gallery) -> None:
    only_public = {"type": "conversations_select", "filter": {"include": ["public"]}}
    opens(
        visitor,
        gallery,
        field("Who", {"type": "users_select"}),
        field("With", {"type": "multi_users_select", "max_selected_items": 1}),
        field("Channel", {"type": "channels_select"}),
        field("Place", only_public),
        field("Here", {"type": "conversations_select", "default_to_current_conversation": True}),
        field("Places", {"type": "multi_conversations_select"}),
    )
    visitor.picks("Who", "ben", "Ben Example")
    visitor.picks("With", "ana", "Ana Example")
    visitor.page.get_by_role("option", name="Ben Example").click()
    expect(visitor.page.get_by_role("option", name="You can choose 1 at most.")).to_be_visible()
    visitor.field("With").press("Escape")
    visitor.picks("Channel", "rand", "#random")
    visitor.field("Place").click()
    expect(visitor.page.get_by_role("option")).to_have_text(["#food", "#random"])
    visitor.page.get_by_role("option", name="#food").click()
    visitor.picks("Places", "food", "#food")
    visitor.field("Places").fill("gal")
    visitor.page.get_by_role("option", name="Gallery").click()
    visitor.field("Places").press("Escape")
    values = sends(visitor, gallery)
    ana, ben = (person.id for person in gallery.slack.people())
    assert values["Who"]["selected_user"] == ben
    assert values["With"]["selected_users"] == [ana]
    assert values["Place"]["selected_conversation"] == values["Here"]["selected_conversation"] == gallery.food
    assert values["Channel"]["selected_channel"] != gallery.food
    assert len(values["Places"]["selected_conversations"]) == 2


@pytest.mark.slow
def test_options_in_groups_fixed_and_from_the_app(visitor: Visitor, gallery: Gallery) -> None:
    warm = {"label": words("Warm"), "options": [option("Soup"), option("Chili")]}
    cold = {"label": words("Cold"), "options": [option("Salad")]}
    gallery.options = {"option_groups": [warm, cold]}
    opens(
        visitor,
        gallery,
        field("Dish", {"type": "static_select", "option_groups": [warm, cold]}),
        field("More", {"type": "multi_external_select", "min_query_length": 0}),
        field("Rest", {"type": "multi_static_select", "option_groups": [cold]}, optional=True),
    )
    visitor.field("Dish").click()
    expect(visitor.page.get_by_role("group", name="Cold").get_by_role("option")).to_have_text(["Salad"])
    visitor.field("Dish").fill("chi")
    visitor.page.get_by_role("option", name="Chili").click()
    visitor.field("More").click()
    expect(visitor.page.get_by_role("group", name="Warm").get_by_role("option")).to_have_count(2)
    visitor.page.get_by_role("option", name="Soup").click()
    visitor.page.get_by_role("option", name="Salad").click()
    visitor.field("More").press("Escape")
    visitor.field("More").press("Backspace")
    values = sends(visitor, gallery)
    assert values["Dish"]["selected_option"]["value"] == "chili"
    assert [each["value"] for each in values["More"]["selected_options"]] == ["soup"]
    assert values["Rest"]["selected_options"] == []


def test_what_is_typed_is_checked(visitor: Visitor, gallery: Gallery) -> None:
    number = {"type": "number_input", "is_decimal_allowed": True, "min_value": "0.5", "max_value": "2"}
    opens(
        visitor,
        gallery,
        field("Mail", {"type": "email_text_input"}),
        field("Page", {"type": "url_text_input"}),
        field("Hours", number),
        field("Code", {"type": "plain_text_input", "min_length": 3}),
    )
    for label, wrong in (("Mail", "ana"), ("Page", "nowhere"), ("Hours", "many"), ("Code", "ab")):
        visitor.field(label).fill(wrong)
    visitor.submits()
    errors = visitor.modal.locator(".field-error")
    expect(errors).to_contain_text(["valid email address", "valid URL", "enter a number", "at least 3"])
    rights = {"Mail": "ana@example.org", "Page": "https://example.org", "Hours": "1.5", "Code": "abc"}
    for label, right in rights.items():
        visitor.field(label).fill(right)
    values = sends(visitor, gallery)
    assert {label: values[label]["value"] for label in rights} == rights


@pytest.mark.slow
def test_rich_text_is_typed_with_marks(visitor: Visitor, gallery: Gallery) -> None:
    opens(visitor, gallery, field("Text", {"type": "rich_text_input"}))
    box, keys = visitor.field("Text"), visitor.page.keyboard
    box.click()
    keys.press("Control+b")
    keys.type("Soup")
    keys.press("ArrowRight")
    keys.type(" for @ben.example\n- warm\n- cheap")
    values = sends(visitor, gallery)
    ben = gallery.slack.people()[1].id
    assert values["Text"]["rich_text_value"]["elements"] == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Soup", "style": {"bold": True}},
                {"type": "text", "text": " for "},
                {"type": "user", "user_id": ben},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "warm"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "cheap"}]},
            ],
        },
    ]


@pytest.mark.slow
def test_the_toolbar_puts_marks_around_what_is_selected(visitor: Visitor, gallery: Gallery) -> None:
    opens(visitor, gallery, field("Text", {"type": "rich_text_input"}))
    box = visitor.field("Text")
    box.fill("soup")
    box.select_text()
    visitor.presses("Italic", visitor.modal)
    expect(box).to_have_value("_soup_")
    visitor.presses("Quote", visitor.modal)
    expect(box).to_have_value("> _soup_")
    assert visitor.complaints() == []


def file(name: str, content: bytes = b"soup") -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.slow
def test_files_are_chosen_and_reach_the_app(visitor: Visitor, gallery: Gallery) -> None:
    opens(
        visitor, gallery, field("Menu", {"type": "file_input", "max_files": 2, "filetypes": ["txt", "pdf"]})
    )
    chooser = visitor.field("Menu")
    chooser.set_input_files([file("a.txt"), file("b.pdf"), file("c.txt")])
    expect(visitor.page.get_by_role("alert").filter(has_text="You can choose 2 at most.")).to_be_visible()
    chooser.set_input_files([file("virus.exe")])
    expect(visitor.page.get_by_role("alert").filter(has_text="virus.exe is not one of")).to_be_visible()
    chooser.set_input_files([file("a.txt", b"soup"), file("b.pdf")])
    visitor.presses("Remove b.pdf", visitor.modal)
    expect(visitor.modal.get_by_role("list", name="Chosen files")).to_have_text("a.txt×")
    (found,) = sends(visitor, gallery)["Menu"]["files"]
    assert (found["name"], found["size"]) == ("a.txt", 4)
    token = {"Authorization": f"Bearer {gallery.slack.bot_token}"}
    assert http(found["url_private_download"], headers=token).text == "soup"
    assert http(found["url_private_download"]).status == 403


@pytest.mark.slow
def test_the_app_hears_of_what_it_asked_to_hear(visitor: Visitor, gallery: Gallery) -> None:
    each_letter = {"trigger_actions_on": ["on_character_entered"]}
    opens(
        visitor,
        gallery,
        field("Enter", {"type": "plain_text_input"}, dispatch_action=True),
        field(
            "Letter",
            {"type": "plain_text_input", "dispatch_action_config": each_letter},
            dispatch_action=True,
        ),
        field("Choice", menu("Soup", "Salad"), dispatch_action=True),
        field("Silent", {"type": "plain_text_input"}),
    )
    visitor.field("Silent").fill("nothing")
    visitor.field("Enter").fill("soup")
    visitor.field("Enter").press("Enter")
    visitor.field("Letter").press_sequentially("ab")
    visitor.picks("Choice", "sal", "Salad")
    sends(visitor, gallery)
    told = [(each["action_id"], each.get("value")) for each in gallery.heard]
    assert told == [("Enter", "soup"), ("Letter", "a"), ("Letter", "ab"), ("Choice", None)]


@pytest.mark.slow
def test_a_choice_that_is_not_confirmed_is_taken_back(visitor: Visitor, gallery: Gallery) -> None:
    gallery.posts(
        {
            "type": "actions",
            "elements": [
                menu("Soup", "Salad", initial_option=option("Soup"), confirm=SURE, action_id="dish"),
                {"type": "datepicker", "initial_date": "2027-01-11", "confirm": SURE, "action_id": "day"},
                {**menu("Bread", kind="checkboxes"), "confirm": SURE, "action_id": "extras"},
            ],
        }
    )
    question = visitor.page.get_by_role("alertdialog", name="Sure?")
    dish, day = visitor.newest.get_by_role("combobox"), visitor.newest.get_by_label("Date")
    bread = visitor.newest.get_by_label("Bread")
    for answer, chosen in (("No", ("Soup", "2027-01-11", False)), ("Yes", ("Salad", "2027-01-12", True))):
        dish.click()
        visitor.page.get_by_role("option", name="Salad").click()
        visitor.presses(answer, question)
        expect(dish).to_have_value(chosen[0])
        day.fill("2027-01-12")
        visitor.presses(answer, question)
        expect(day).to_have_value(chosen[1])
        bread.click()
        visitor.presses(answer, question)
        expect(bread).to_be_checked(checked=chosen[2])
    expect(visitor.newest.locator("[aria-busy]")).to_have_count(0)
    assert [each["action_id"] for each in gallery.heard] == ["dish", "day", "extras"]


@pytest.mark.slow
def test_the_focus_begins_where_the_app_wants_it(visitor: Visitor, gallery: Gallery) -> None:
    opens(
        visitor,
        gallery,
        field("First", {"type": "plain_text_input"}),
        {"type": "actions", "elements": [menu("Soup", focus_on_load=True)]},
    )
    expect(visitor.modal.get_by_role("combobox")).to_be_focused()


@pytest.mark.slow
def test_quick_ticks_are_all_kept(visitor: Visitor, gallery: Gallery) -> None:
    texts = ("Bread", "Salad", "Water")
    opens(visitor, gallery, field("Extras", menu(*texts, kind="checkboxes")))
    visitor.modal.evaluate("each => each.querySelectorAll('[type=checkbox]').forEach((box) => box.click())")
    assert len(sends(visitor, gallery)["Extras"]["selected_options"]) == len(texts)
