"""`python -m tests.browser.screenshots FOLDER`: the pictures of the README, taken from the running bot."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, ViewportSize, expect, sync_playwright

from bot import logs
from demo.stage import Stage
from demo.story import START
from sandbox import Person
from sandbox.browser import FLAGS, Visitor, chromium

LEADS = "mentoring-leads"
WINDOW: ViewportSize = {"width": 1000, "height": 640}
TALL: ViewportSize = {"width": 1000, "height": 900}
"""High enough for a whole message and most of a form."""

OTHERS = (
    ("Ida Fennimore", "Rufus Ellingham", "Podcasting"),
    ("Jonas Thistlewood", "Vera Lindqvist", "Data storytelling"),
    ("Priya Nightingale", "Conrad Aldwinkle", "Accessibility"),
)
"""More pairs, so that a message has several cards."""


def main(folder: Path) -> int:
    """Play as much of the story as the pictures need, and take them."""
    logs.configure("ERROR", "text")
    folder.mkdir(parents=True, exist_ok=True)
    with Stage(START) as stage, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport=WINDOW, device_scale_factor=1.25, locale="en-US")
        lead, mentor, mentee = _people(stage)
        _set_up(stage, lead)
        visitor = Visitor(page, stage.slack.page_url)
        page.get_by_role("button", name="Hide the tour").click()
        _enroll(visitor, stage, mentor, mentee, folder)
        _others_join(stage)
        _rules(visitor, folder)
        _pair(visitor, stage, folder)
        browser.close()
    return 0


def _people(stage: Stage) -> tuple[Person, Person, Person]:
    add = stage.slack.add_person
    return (
        add("Ottoline Wayfarer", tz="Europe/Lisbon", admin=True, title="People team"),
        add("Nell Harborough", tz="Europe/Lisbon", title="Associate, Design"),
        add("Otis Marlowe", tz="Europe/London", title="Director, Finance"),
    )


def _set_up(stage: Stage, lead: Person) -> None:
    channel = stage.slack.add_channel(LEADS, members=[lead], private=True, bot=True)
    lead.types("/reverse-mentor setup")
    lead.fills("Name", "Reverse mentoring at Lantern & Loom")
    lead.fills("Leads", [lead])
    lead.fills("Leads' channel", channel)
    lead.fills("First start", (START + timedelta(days=7)).date())
    lead.submits()
    lead.closes_modal()


def _enroll(visitor: Visitor, stage: Stage, mentor: Person, mentee: Person, folder: Path) -> None:
    mentee.types("/reverse-mentor")
    mentee.fills("What would you like to do?", "Learn from others, as a mentee")
    mentee.fills("Skills I want to learn, most wanted first", ["AI tools", "Short videos"])
    mentee.fills("My level", "Director")
    mentee.clicks("Add details")
    mentee.fills("My department", "Finance")
    mentee.submits()
    visitor.acts_as(mentor.name)
    visitor.goes_to("Messages")
    visitor.writes("/reverse-mentor")
    visitor.ticks("Share what I know, as a mentor")
    visitor.picks("Skills I can share", "AI", "AI tools")
    visitor.picks("Skills I can share", "vid", "Short videos")
    visitor.field("Skills I can share").press("Escape")
    visitor.picks("My level", "Assoc", "Associate")
    visitor.page.set_viewport_size(TALL)
    visitor.modal.locator(".blocks").evaluate("each => each.scrollTo(0, 0)")
    _take(visitor.modal, folder / "enroll.png")
    visitor.page.set_viewport_size(WINDOW)
    visitor.presses("Add details", visitor.modal)
    visitor.field("My department").fill("Design")
    visitor.submits()
    visitor.sees("You are in")
    stage.quiet()


def _others_join(stage: Stage) -> None:
    for mentor, mentee, skill in OTHERS:
        for name, side, field, level in (
            (mentor, "Share what I know, as a mentor", "Skills I can share", "Associate"),
            (mentee, "Learn from others, as a mentee", "Skills I want to learn, most wanted first", "VP"),
        ):
            person = stage.slack.add_person(name, tz="Europe/Lisbon")
            person.types("/reverse-mentor")
            person.fills("What would you like to do?", side)
            person.fills(field, [skill])
            person.fills("My level", level)
            person.submits()
    stage.quiet()


def _pair(visitor: Visitor, stage: Stage, folder: Path) -> None:
    visitor.acts_as("Ottoline Wayfarer")
    visitor.goes_to(LEADS)
    stage.leap_to(START + timedelta(days=5, hours=2))
    cards = visitor.messages.filter(has_text="Approval needed").last
    cards.scroll_into_view_if_needed()
    _take(visitor.page.locator("body"), folder / "approval.png")
    visitor.writes("/reverse-mentor review")
    expect(visitor.modal).to_contain_text("left to decide")
    visitor.page.set_viewport_size(TALL)
    visitor.modal.get_by_role("button", name="Approve").first.click()
    expect(visitor.modal).to_contain_text("Approved by")
    visitor.modal.locator(".blocks").evaluate("each => each.scrollTo(0, 0)")
    _take(visitor.modal, folder / "review.png")
    visitor.page.set_viewport_size(WINDOW)
    visitor.presses("Close", visitor.modal)
    lead = next(one for one in stage.slack.people() if one.name == "Ottoline Wayfarer")
    for number in range(1, 2 + len(OTHERS)):
        lead.types(f"/reverse-mentor approve {number}")
    stage.leap_to(START + timedelta(days=8, hours=2))
    visitor.acts_as("Nell Harborough")
    visitor.goes_to("Otis Marlowe")
    visitor.sees("Welcome, @Nell Harborough")
    visitor.page.set_viewport_size(TALL)
    _take(visitor.newest, folder / "intro.png", scale="css")
    stage.leap_to(START + timedelta(days=10, hours=3))
    visitor.goes_to("Messages")
    visitor.sees("met this week?")
    _take(visitor.newest, folder / "check-in.png")


def _rules(visitor: Visitor, folder: Path) -> None:
    visitor.acts_as("Ottoline Wayfarer")
    visitor.goes_to("Home")
    visitor.page.set_viewport_size(TALL)
    visitor.presses("Rules and weights")
    visitor.presses("Change Levels", visitor.modal)
    visitor.field("Smallest gap").fill("5")
    visitor.presses("What would change?", visitor.modal)
    expect(visitor.modal).to_contain_text("with the rules of now")
    visitor.modal.locator(".blocks").evaluate("each => each.scrollTo(0, each.scrollHeight)")
    _take(visitor.modal, folder / "rules.png", scale="css")
    visitor.presses("Cancel", visitor.modal)
    visitor.page.set_viewport_size(WINDOW)


def _take(what: Locator, path: Path, scale: Literal["css", "device"] = "device") -> None:
    """Take a picture with the pointer out of it; a long text is readable enough at the page's own size."""
    what.page.mouse.move(0, 0)
    what.screenshot(path=path, animations="disabled", scale=scale)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
