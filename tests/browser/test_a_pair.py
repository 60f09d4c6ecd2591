"""What a pair lives through, by clicking: signing, planning, meeting, and saying how it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from demo.stage import Stage
from sandbox.browser import Visitor
from tests.browser.company import is_paired


def signs(visitor: Visitor) -> None:
    """Both sign under their introduction, and one looks how to begin."""
    for name, partner in (("Mia Mentor", "Max Mentee"), ("Max Mentee", "Mia Mentor")):
        visitor.acts_as(name)
        visitor.goes_to(partner)
        intro = visitor.messages.filter(has_text="Welcome, @Mia Mentor and @Max Mentee")
        visitor.presses("I agree", intro)
    expect(intro).to_contain_text("Agreed by all of you")
    visitor.presses("How to begin", intro)
    expect(visitor.modal).to_contain_text("Google, Outlook")
    visitor.presses("Close", visitor.modal)


def meets(visitor: Visitor) -> None:
    """They say when they meet, and after it that they did."""
    for _ in range(3):
        visitor.moves_time("A day")
    visitor.acts_as("Mia Mentor")
    visitor.goes_to("Messages")
    visitor.presses("Planned", visitor.newest)
    visitor.sees("When is it? I ask you after it then, and not before.")
    visitor.writes("planned 2027-01-19 11:00")
    visitor.sees("You and @Max Mentee meet")
    visitor.goes_to("Max Mentee")
    visitor.sees("First talk planned")
    visitor.moves_time("A week")
    visitor.goes_to("Messages")
    asked = visitor.messages.filter(has_text="planned to meet")
    visitor.presses("We met", asked)
    visitor.sees("That makes 1 of 6 meetings.")
    visitor.presses("I learned something", visitor.messages.filter(has_text="That makes 1 of 6 meetings."))
    visitor.sees("How it was: I learned something.")


@pytest.mark.slow
def test_a_pair_signs_plans_and_meets(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    is_paired(visitor)
    signs(visitor)
    meets(visitor)
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []
