"""The whole story of the product, by clicking: set up, join, approve, decline, meet, answer, stay silent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from demo.stage import Stage
from demo.tour import TOUR, newcomers
from sandbox.browser import Visitor
from tests.browser.company import COMPANY, LEADS, joins, sets_up


def weighs_rules(visitor: Visitor) -> None:
    """A lead looks what other rules would change, and saves them."""
    visitor.goes_to("Home")
    visitor.presses("Rules and weights")
    expect(visitor.modal).to_contain_text("The mentee is at least 1 level above the mentor.")
    visitor.presses("Change Levels", visitor.modal)
    visitor.field("Largest gap").fill("6")
    visitor.presses("What would change?", visitor.modal)
    expect(visitor.modal).to_contain_text("nothing to count yet")
    expect(visitor.field("Largest gap")).to_have_value("6")
    visitor.presses("Change Who can be paired", visitor.modal)
    expect(visitor.modal).to_contain_text("The mentee is 1 to 6 levels above the mentor.")
    visitor.submits()
    expect(visitor.modal).to_contain_text("These rules hold from now on")
    visitor.presses("Close", visitor.modal)
    expect(visitor.modal).to_have_count(0)


def decides(visitor: Visitor) -> None:
    """Both pairs stand in one message; a decision is undone, and made again."""
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    cards = visitor.messages.filter(has_text="@Mia Mentor")
    expect(cards).to_contain_text("2 left to decide, of 2 here.")
    approve = cards.get_by_role(
        "button", name=re.compile("^Approve pair [0-9]+: mia.* and max", re.IGNORECASE)
    )
    approve.click()
    expect(cards).to_contain_text("Approved by @Lea Leader")
    visitor.presses("Undo", cards)
    expect(cards).not_to_contain_text("Approved by @Lea Leader")
    approve.click()
    expect(cards).to_contain_text("1 left to decide, of 2 here.")
    visitor.presses("Decline", cards)
    expect(visitor.modal).to_be_visible()
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    expect(cards).to_contain_text("Declined by @Lea Leader")
    expect(cards).to_contain_text("All decided.")


@pytest.mark.slow
def test_the_whole_story(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    sets_up(visitor)
    weighs_rules(visitor)
    for name, _zone, side, level, skill in COMPANY[1:]:
        joins(visitor, name, side, level, skill)
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    decides(visitor)
    visitor.moves_time("A day")
    visitor.moves_time("Next event")
    visitor.acts_as("Mia Mentor")
    visitor.goes_to("Max Mentee")
    visitor.sees("Welcome, @Mia Mentor and @Max Mentee")
    for _ in range(3):
        visitor.moves_time("A day")
    visitor.goes_to("Messages")
    visitor.sees("Have you and @Max Mentee met this week?")
    visitor.presses("We met", visitor.newest)
    visitor.sees("It is good to know that you and @Max Mentee met")
    visitor.acts_as("Max Mentee")
    visitor.goes_to("Messages")
    for _ in range(4):  # to Monday
        visitor.moves_time("A day")
    visitor.sees("In case you missed it")
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []


def many_join(stage: Stage, pairs: int) -> None:
    """So many mentors and mentees who fit each other, without clicking."""
    for number in range(2 * pairs):
        person = stage.slack.add_person(f"Person {number:02}", tz="Europe/Lisbon")
        teaches = number % 2 == 0
        person.types("/reverse-mentor")
        person.fills("What would you like to do?", COMPANY[1][2] if teaches else COMPANY[2][2])
        person.fills("My level", "Associate" if teaches else "Director")
        person.fills(
            "Skills I can share" if teaches else "Skills I want to learn, most wanted first", ["AI tools"]
        )
        person.submits()
        stage.quiet()


@pytest.mark.slow
def test_many_pairs_are_decided_page_by_page(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    sets_up(visitor)
    many_join(stage, 11)
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    expect(visitor.messages.filter(has_text="Pair 11")).to_have_count(1)
    visitor.writes("/reverse-mentor review")
    expect(visitor.modal).to_contain_text("page 1 of 2")
    expect(visitor.modal.get_by_role("button", name="Approve")).to_have_count(10)
    expect(visitor.modal).to_contain_text("11 left to decide.")
    visitor.presses("Next page", visitor.modal)
    expect(visitor.modal).to_contain_text("page 2 of 2")
    expect(visitor.modal.get_by_role("button", name="Next page")).to_have_count(0)
    visitor.presses("Approve", visitor.modal)
    expect(visitor.modal).to_contain_text("Approved by @Lea Leader")
    visitor.presses("Previous page", visitor.modal)
    visitor.presses("Decline", visitor.modal)
    expect(visitor.modal.get_by_role("heading", name="Review pairs")).to_have_count(0)
    visitor.submits()
    expect(visitor.modal).to_contain_text("Declined by @Lea Leader")


@pytest.mark.slow
def test_the_tour_takes_visitors_along_and_never_holds_them(page: Page, stage: Stage) -> None:
    newcomers(stage.slack)
    visitor = Visitor(page, stage.slack.page_url)
    tour = page.locator("#tour")
    visitor.presses(f"Act as {TOUR.steps[0].who}", tour)
    expect(page.locator("#me")).to_contain_text(str(TOUR.steps[0].who))
    expect(page.locator("#composer-text")).to_have_value(str(TOUR.steps[0].types))
    expect(page.locator("#composer-text")).to_be_focused()
    for step in TOUR.steps[1:]:
        visitor.presses("Next step", tour)
        expect(tour.get_by_role("heading")).to_contain_text(step.title)
    visitor.presses("End the tour", tour)
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.locator("#composer-text")).to_be_visible()
    expect(tour).to_be_hidden()
    visitor.presses("Tour")
    expect(tour).to_contain_text(TOUR.steps[0].title)


def test_the_people_of_the_tour_are_there(stage: Stage) -> None:
    newcomers(stage.slack)
    names = {person.name for person in stage.slack.people()} | {"Ottoline Wayfarer"}
    assert {step.who for step in TOUR.steps if step.who} <= names
