"""`python -m tests.browser.screenshots FOLDER`: the pictures of the README, taken from the running bot."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

from bot.monitoring import logs
from demo.narrator import Narrator
from demo.stage import Stage
from demo.story import INTROS, START, Story
from sandbox import Person
from sandbox.browser import FLAGS, Visitor, chromium

LEADS = "mentoring-leads"
LEAD = "Ottoline Wayfarer"
WINDOW: ViewportSize = {"width": 1000, "height": 640}
TALL: ViewportSize = {"width": 1000, "height": 900}
"""High enough for a whole message and most of a form."""

HIGHEST: ViewportSize = {"width": 1100, "height": 2000}
HIGHER: ViewportSize = {"width": 1000, "height": 760}
PEOPLE, WEEKS = 30, 4
AIR = 4
"""Pixels that are left above the first block."""


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for part in (_few_pairs, _a_whole_cycle):
            page = browser.new_page(viewport=WINDOW, device_scale_factor=1.25, locale="en-US")
            with Stage(START) as stage:
                part(page, stage, folder)
            page.close()
        browser.close()
    return 0


def _opened(page: Page, stage: Stage) -> Visitor:
    visitor = Visitor(page, stage.slack.page_url)
    page.get_by_role("button", name="Hide the tour").click()
    return visitor


def _few_pairs(page: Page, stage: Stage, folder: Path) -> None:
    """From a form to the first meeting of one pair."""
    lead, mentor, mentee = _people(stage)
    _set_up(stage, lead)
    visitor = _opened(page, stage)
    _enroll(visitor, stage, mentor, mentee, folder)
    _others_join(stage)
    _rules(visitor, folder)
    _pair(visitor, stage, folder)
    _meeting(visitor, stage, folder)


def _a_whole_cycle(page: Page, stage: Stage, folder: Path) -> None:
    """What leads see of all the people, in the middle of a cycle and at its end."""
    story = Story(stage, people=PEOPLE, weeks=WEEKS, seed=1, narrator=Narrator(lambda _line: None))
    story.begins()
    story.life.lives_until(INTROS + timedelta(weeks=WEEKS - 1))
    visitor = _opened(page, stage)
    visitor.acts_as(LEAD)
    page.set_viewport_size(HIGHER)
    visitor.goes_to("Home")
    expect(page.locator("#home")).to_contain_text("How it goes")
    _take(page.locator("body"), folder / "home.png", scale="css")
    visitor.goes_to(LEADS)
    _take(
        visitor.messages.filter(has_text="This is how it stood on").last, folder / "digest.png", scale="css"
    )
    story.life.lives_until(INTROS + timedelta(weeks=WEEKS, days=1))
    page.set_viewport_size(HIGHEST)
    report = visitor.messages.filter(has_text="Report on cycle").last
    report.scroll_into_view_if_needed()
    report.get_by_placeholder("Filter rows").fill("said last")
    _take(report, folder / "report.png", scale="css")


def _meeting(visitor: Visitor, stage: Stage, folder: Path) -> None:
    """One of the two says when they meet, the other how it was, and looks at their Home."""
    visitor.page.set_viewport_size(TALL)
    visitor.presses("Planned", visitor.newest)
    visitor.sees("When is it?")
    _take(visitor.newest, folder / "planned.png")
    visitor.acts_as("Otis Marlowe")
    visitor.goes_to("Messages")
    visitor.presses("We met", visitor.newest)
    visitor.sees("How was it?")
    _take(visitor.newest, folder / "reflection.png")
    visitor.goes_to("Home")
    visitor.page.set_viewport_size(WINDOW)
    home = visitor.page.locator("#home")
    expect(home).to_contain_text("1 of 6 meetings")
    home.evaluate("home => home.scrollTo(0, 0)")
    _take(home, folder / "own-home.png", scale="css")


def _people(stage: Stage) -> tuple[Person, Person, Person]:
    add = stage.slack.add_person
    return (
        add(LEAD, tz="Europe/Lisbon", admin=True, title="People team"),
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
    visitor.acts_as(LEAD)
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
    lead = next(one for one in stage.slack.people() if one.name == LEAD)
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
    visitor.acts_as(LEAD)
    visitor.goes_to("Home")
    visitor.page.set_viewport_size(TALL)
    visitor.presses("Rules and weights")
    visitor.presses("Change Levels", visitor.modal)
    visitor.field("Smallest gap").fill("5")
    visitor.presses("What would change?", visitor.modal)
    expect(visitor.modal).to_contain_text("with the rules of now")
    _scrolls_down(visitor)
    _take(visitor.modal, folder / "rules.png", scale="css")
    visitor.presses("Cancel", visitor.modal)
    visitor.page.set_viewport_size(WINDOW)


def _scrolls_down(visitor: Visitor) -> None:
    """Show the end of the modal, just low enough that no block is cut at the top."""
    visitor.modal.locator(".blocks").evaluate(
        f"""each => {{
            each.scrollTo(0, each.scrollHeight);
            const top = each.getBoundingClientRect().top;
            const below = [...each.children].map(one => one.getBoundingClientRect().top - top);
            const cut = Math.min(...below.filter(one => one >= 0)) - {AIR};
            const modal = each.closest("dialog");
            modal.style.maxHeight = `${{modal.getBoundingClientRect().height - Math.max(0, cut)}}px`;
            each.scrollTo(0, each.scrollHeight);
        }}"""
    )


def _take(what: Locator, path: Path, scale: Literal["css", "device"] = "device") -> None:
    """Take a picture, pointer and focus out of it; a long text is readable enough at the page's own size."""
    what.page.mouse.move(0, 0)
    what.page.evaluate("document.activeElement?.blur()")
    what.screenshot(path=path, animations="disabled", scale=scale)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
