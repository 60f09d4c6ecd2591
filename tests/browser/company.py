"""A company of five, and how its lead sets a program up and its people join, by clicking."""

from __future__ import annotations

from playwright.sync_api import expect

from sandbox.browser import Visitor

LEADS = "mentoring-leads"
COMPANY = (
    ("Lea Leader", "Europe/Lisbon", "share", "", ""),
    ("Mia Mentor", "Europe/Lisbon", "Share what I know, as a mentor", "Associate", "AI tools"),
    ("Max Mentee", "Europe/London", "Learn from others, as a mentee", "Director", "AI tools"),
    ("Pia Mentor", "Europe/Berlin", "Share what I know, as a mentor", "Associate", "Short videos"),
    ("Pit Mentee", "Europe/Berlin", "Learn from others, as a mentee", "VP", "Short videos"),
)


def sets_up(visitor: Visitor) -> None:
    visitor.acts_as("Lea Leader")
    visitor.goes_to("Messages")
    visitor.writes("/reverse-mentor setup")
    visitor.field("Name").fill("Learning upwards")
    visitor.picks("Leads' channel", "ment", LEADS)
    visitor.field("First start").fill("2027-01-02")
    visitor.submits()
    expect(visitor.modal.locator(".wrong").filter(has_text="First start")).to_be_visible()
    visitor.field("First start").fill("2027-01-11")
    visitor.submits()
    expect(visitor.modal).to_contain_text("Learning upwards is set up")
    visitor.presses("Close", visitor.modal)
    expect(visitor.modal).to_have_count(0)


def joins(visitor: Visitor, name: str, side: str, level: str, skill: str) -> None:
    visitor.acts_as(name)
    visitor.goes_to("Messages")
    visitor.writes("/reverse-mentor")
    visitor.ticks(side)
    field = "Skills I can share" if side.startswith("Share") else "Skills I want to learn"
    visitor.picks("My level", level, level)
    expect(visitor.modal.locator(".block.input")).to_have_count(3)
    visitor.submits()
    expect(visitor.modal.locator(".wrong").filter(has_text=field)).to_contain_text("complete this required")
    visitor.picks(field, skill, skill)
    visitor.field(field).press("Escape")
    visitor.presses("Add details", visitor.modal)
    expect(visitor.field("My department")).to_be_visible()
    expect(visitor.modal).to_contain_text(skill)
    visitor.submits()
    expect(visitor.modal).to_have_count(0)
    visitor.sees("You are in Learning upwards")


def is_paired(visitor: Visitor) -> None:
    """Mia and Max are introduced to each other."""
    sets_up(visitor)
    for name, _zone, side, level, skill in COMPANY[1:3]:
        joins(visitor, name, side, level, skill)
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    visitor.presses("Approve", visitor.messages.filter(has_text="@Mia Mentor"))
    visitor.moves_time("A day")
    visitor.moves_time("Next event")
