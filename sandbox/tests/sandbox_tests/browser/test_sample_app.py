"""An app that knows nothing of this project, used on the page the way people use apps in Slack."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from sandbox import Sandbox
from sandbox.browser import Visitor


def test_an_order_from_the_command_to_the_message(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch")
    expect(visitor.modal).to_contain_text("Order lunch")
    visitor.picks("Dish", "du", "Dumplings")
    visitor.picks("Day", "", "Tuesday")
    visitor.picks("Eat with", "Ben", "Ben Example")
    visitor.field("Portions").fill("2")
    visitor.ticks("Salad")
    visitor.ticks("Hot")
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    visitor.goes_to("Messages")
    visitor.sees("2 × Dumplings on Tuesday, hot, Salad")


@pytest.mark.slow
def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch")
    visitor.field("Portions").fill("12")
    visitor.field("Note").fill("x" * 30)
    visitor.submits()
    wrong = visitor.modal.locator(".block.input.wrong")
    expect(wrong).to_have_count(4)
    expect(wrong.first).to_contain_text("Please complete this required field.")
    expect(wrong.filter(has_text="Portions")).to_contain_text("at most 9")
    expect(wrong.filter(has_text="Note")).to_contain_text("at most 20 characters")
    expect(visitor.field("Dish")).to_be_focused()
    expect(visitor.field("Dish")).to_have_attribute("aria-invalid", "true")
    visitor.field("Portions").fill("3")
    visitor.field("Note").fill("no onions")
    visitor.picks("Day", "", "Friday")
    visitor.picks("Dish", "pad", "Pad thai")
    visitor.submits()
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("Pad thai is sold out")
    expect(visitor.field("Portions")).to_have_value("3")
    expect(visitor.field("Note")).to_have_value("no onions")


@pytest.mark.slow
def test_a_pushed_view_turns_pages_and_gives_the_form_back_as_it_was(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch")
    visitor.field("Portions").fill("4")
    visitor.presses("Show the menu")
    expect(visitor.modal).to_contain_text("Aubergine curry")
    visitor.presses("Next")
    expect(visitor.modal).to_contain_text("Page 2")
    visitor.presses("Next")
    expect(visitor.modal).to_contain_text("Pilaf")
    expect(visitor.modal.get_by_role("button", name="Next")).to_have_count(0)
    visitor.presses("Previous")
    expect(visitor.modal).to_contain_text("Dumplings")
    visitor.presses("Back to the order")
    expect(visitor.field("Portions")).to_have_value("4")


@pytest.mark.slow
def test_a_poll_with_mentions_dates_a_menu_and_a_confirmation(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch poll")
    visitor.sees("Soup or salad? 🔥")
    expect(visitor.newest).to_contain_text("Tuesday, January 12th, 2027 10:30 AM")
    visitor.presses("Soup")
    expect(visitor.newest).to_contain_text("@Ana Example voted for Soup")
    visitor.acts_as("Ben Example")
    expect(visitor.newest).to_contain_text("Tuesday, January 12th, 2027 5:30 AM")
    menu = visitor.newest.get_by_role("combobox")
    menu.click()
    visitor.page.get_by_role("option", name="Friday").click()
    visitor.sees("You chose Friday")
    expect(visitor.newest).to_contain_text("Only visible to you")
    poll = visitor.messages.filter(has_text="Soup or salad?")
    poll.get_by_role("button", name=re.compile("^More actions")).click()
    visitor.page.get_by_role("menuitem", name="Remind everybody").click()
    visitor.sees("You chose Remind everybody")
    visitor.acts_as("Ana Example")
    expect(visitor.messages.filter(has_text="You chose")).to_have_count(0)
    visitor.presses("End", poll)
    question = visitor.page.get_by_role("alertdialog", name="End the poll?")
    visitor.presses("Keep it", question)
    expect(poll).to_be_visible()
    visitor.presses("End", poll)
    visitor.presses("End it", question)
    visitor.sees("The poll is over")


@pytest.mark.slow
def test_the_home_tab_opens_a_form(visitor: Visitor) -> None:
    visitor.goes_to("Home")
    expect(visitor.page.get_by_role("region", name="Home tab")).to_contain_text("Lunch at home")
    visitor.presses("Order")
    expect(visitor.modal).to_contain_text("Order lunch")
    visitor.page.keyboard.press("Escape")
    expect(visitor.modal).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Order", exact=True)).to_be_focused()


@pytest.mark.slow
def test_threads_mentions_and_unread_marks(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("Lunch, @ben.example? See #random & *soon*")
    expect(visitor.newest).to_contain_text("Lunch, @Ben Example? See #random & soon")
    rail = visitor.page.get_by_role("navigation", name="Act as")
    expect(rail.get_by_role("button", name="Act as Ben Example, 1 unread")).to_be_visible()
    visitor.newest.hover()
    visitor.presses("Reply in thread to Ana Example")
    reply = visitor.page.locator("#thread-text")
    expect(reply).to_be_focused()
    reply.fill("I am hungry")
    reply.press("Enter")
    expect(visitor.page.locator("#thread-messages .message")).to_have_count(2)
    expect(visitor.newest).to_contain_text("1 reply")
    visitor.page.get_by_role("button", name="Close the thread").click()
    visitor.goes_to("random")
    visitor.acts_as("Ben Example")
    channels = visitor.page.get_by_role("navigation", name="Conversations")
    expect(channels.get_by_role("button", name="food")).to_contain_text("unread")
    visitor.goes_to("food")
    expect(channels.get_by_role("button", name="food")).not_to_contain_text("unread")


@pytest.mark.slow
def test_reactions_are_put_on_and_taken_off(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("Soup?")
    visitor.newest.hover()
    visitor.presses("React to Ana Example")
    dialog = visitor.page.get_by_role("dialog", name="React")
    dialog.get_by_role("combobox", name="Emoji").fill("tada")
    visitor.page.get_by_role("option", name="tada").click()
    visitor.presses("React", dialog)
    mine = visitor.newest.get_by_role("button", name="Ana Example reacted with :tada:")
    expect(mine).to_have_text("🎉 1")
    visitor.acts_as("Ben Example")
    mine.click()
    both = visitor.newest.get_by_role("button", name="Ana Example, Ben Example reacted with :tada:")
    expect(both).to_have_attribute("aria-pressed", "true")
    assert visitor.complaints() == []
    both.click()
    expect(mine).to_have_attribute("aria-pressed", "false")


@pytest.mark.slow
def test_people_write_to_each_other_without_the_app(visitor: Visitor, lunch: Sandbox) -> None:
    cleo = lunch.add_person("Cleo Example", tz="Asia/Tokyo")
    visitor.presses("New message")
    dialog = visitor.page.get_by_role("dialog", name="New message")
    dialog.get_by_role("combobox", name="To").fill("ben")
    visitor.page.get_by_role("option", name="Ben Example").click()
    visitor.page.keyboard.press("Escape")
    visitor.presses("Start writing", dialog)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Ben Example")
    expect(visitor.page.locator("#composer-text")).to_be_focused()
    visitor.writes("Soup today?")
    visitor.acts_as("Ben Example")
    visitor.goes_to("Ana Example")
    visitor.sees("Soup today?")
    visitor.acts_as(cleo.name)
    expect(visitor.page.locator("#groups .place")).to_have_count(0)
    assert all("Soup today?" not in str(each.payload) for each in lunch.backend.ws.record.deliveries)


@pytest.mark.slow
def test_a_channel_can_be_joined(visitor: Visitor) -> None:
    visitor.goes_to("random")
    expect(visitor.page.locator("#composer")).to_be_hidden()
    visitor.presses("Join channel")
    expect(visitor.page.locator("#messages .note")).to_contain_text("@Ana Example has joined the channel")
    visitor.writes("Hello")
    visitor.sees("Hello")


@pytest.mark.slow
def test_slack_speaks_up_for_an_app_that_is_silent(
    visitor: Visitor, lunch: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lunch.backend.ws, "settings", replace(lunch.backend.ws.settings, ack_seconds=0.5))
    visitor.goes_to("food")
    box = visitor.page.locator("#composer-text")
    box.fill("/lunch-slow")
    box.press("Enter")
    expect(visitor.page.get_by_role("alert").filter(has_text="operation_timeout")).to_be_visible()


@pytest.mark.slow
def test_links_are_named_and_not_followed(visitor: Visitor) -> None:
    visitor.goes_to("food")
    visitor.writes("/lunch poll")
    visitor.newest.get_by_role("link", name="the menu").click()
    expect(visitor.page.locator(".toast")).to_contain_text("This leads to https://example.com/menu")
    assert visitor.page.url.startswith("http://127.0.0.1")


@pytest.mark.slow
def test_the_app_comes_back_when_it_is_asked_to_reconnect(visitor: Visitor, lunch: Sandbox) -> None:
    visitor.goes_to("food")
    visitor.presses("Inspector")
    inspector = visitor.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_text("Make something go wrong").click()
    visitor.presses("Ask to reconnect", inspector)
    opened = inspector.locator(".entry").filter(has_text="apps.connections.open")
    expect(opened).to_have_count(2)
    expect(visitor.page.locator("#app-state")).to_contain_text("Lunch is connected")
    visitor.writes("/lunch menu")
    visitor.sees("Aubergine curry")


@pytest.mark.slow
def test_faults_and_what_the_inspector_tells_of_them(visitor: Visitor, lunch: Sandbox) -> None:
    visitor.goes_to("food")
    visitor.presses("Inspector")
    inspector = visitor.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_text("Make something go wrong").click()
    inspector.get_by_label("Method", exact=True).fill("chat.postMessage")
    inspector.get_by_label("Calls", exact=True).fill("1")
    visitor.presses("500 Server error", inspector)
    expect(inspector).to_contain_text("500 server error for chat.postMessage, 1 call left")
    visitor.writes("/lunch poll")
    wrong = inspector.locator(".entry.wrong").filter(has_text="chat.postMessage")
    expect(wrong).to_contain_text("500 http_500")
    expect(inspector).to_contain_text("No fault is switched on.")
    inspector.get_by_label("Show", exact=True).select_option("errors")
    expect(inspector.locator(".entry")).to_have_count(1)
    wrong.locator("summary").click()
    expect(wrong).to_contain_text('"text": "Soup or salad?"')
    inspector.get_by_label("Show", exact=True).select_option("all")
    inspector.get_by_label("Filter by text").fill("/lunch")
    expect(inspector.locator(".entry").first).to_contain_text("/lunch")
    assert not lunch.faults.standing()
