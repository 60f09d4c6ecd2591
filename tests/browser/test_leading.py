"""What leads live through, by clicking: the end of set-up, a call for help that one takes, a swap in the review."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from demo.stage import Stage
from sandbox.browser import Visitor
from tests.browser.company import COMPANY, LEADS, joins, sets_up


@pytest.mark.slow
def test_set_up_ends_with_a_welcome_and_a_call_for_help_finds_its_lead(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    sets_up(visitor)
    visitor.goes_to(LEADS)
    visitor.sees("This is the leads' channel of Learning upwards")
    welcome = visitor.messages.filter(has_text="Welcome to Learning upwards")
    expect(welcome).to_contain_text("First check-in")
    expect(welcome).to_contain_text("To join, type /reverse-mentor anywhere in Slack.")
    for name, _zone, side, level, skill in COMPANY[1:3]:
        joins(visitor, name, side, level, skill)
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    card = visitor.messages.filter(has_text="@Mia Mentor")
    visitor.presses("Approve", card)
    expect(card).to_contain_text("Approved by @Lea Leader")
    for _ in range(4):
        visitor.moves_time("A day")
    visitor.acts_as("Mia Mentor")
    visitor.goes_to("Messages")
    visitor.sees("Have you and @Max Mentee met this week?")
    visitor.presses("I need help", visitor.newest)
    visitor.sees("@Lea Leader now knows")
    visitor.acts_as("Lea Leader")
    visitor.goes_to("Messages")
    visitor.sees("@Mia Mentor asked for help with their pair")
    visitor.presses("I take it", visitor.newest)
    visitor.sees("Taken by @Lea Leader")
    visitor.presses("Done", visitor.newest)
    visitor.sees("Done by @Lea Leader")
    assert stage.slack.calls.errors() == {}


@pytest.mark.slow
def test_a_swap_in_the_review_changes_the_cards_and_is_undone(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    sets_up(visitor)
    for name, _zone, side, level, _skill in COMPANY[1:]:
        joins(visitor, name, side, level, "AI tools")
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    cards = visitor.messages.filter(has_text="left to decide, of 2 here.")
    expect(cards).to_contain_text("2 left to decide, of 2 here.")
    visitor.writes("/reverse-mentor review")
    expect(visitor.modal).to_contain_text("2 left to decide.")
    visitor.presses("Swap", visitor.modal)
    expect(visitor.modal).to_contain_text("Choosing one approves that pair")
    visitor.presses("Choose", visitor.modal)
    expect(visitor.modal).to_contain_text("It takes the place of pair")
    visitor.presses("Close", visitor.modal)
    expect(visitor.modal).to_contain_text("1 left to decide.")
    expect(visitor.modal).to_contain_text("Approved by @Lea Leader")
    expect(visitor.modal).to_contain_text("A lead chose another pair in its place")
    visitor.presses("Undo", visitor.modal)
    expect(visitor.modal).to_contain_text("2 left to decide.")
    expect(visitor.modal).not_to_contain_text("Approved by @Lea Leader")
    visitor.presses("Close", visitor.modal)
    expect(visitor.modal).to_have_count(0)
    visitor.goes_to(LEADS)
    expect(visitor.messages.filter(has_text="Approved by @Lea Leader")).to_have_count(0)
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []
