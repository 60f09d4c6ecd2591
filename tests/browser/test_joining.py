"""How much of a screen the joining form takes: its first step fits a laptop, for each role."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from demo.stage import Stage
from sandbox.browser import Visitor
from tests.browser.company import COMPANY, sets_up

TALLEST = 700
"""Pixels; it was 1,481 while the form asked for everything at once."""

OF_BOTH = 800
"""Whoever is both names two lists of skills."""

ROLES = {
    "Share what I know, as a mentor": ("Skills I can share", TALLEST),
    "Learn from others, as a mentee": ("Skills I want to learn", TALLEST),
    "Both": ("Skills I want to learn", OF_BOTH),
}


def height(visitor: Visitor) -> float:
    """Of the whole form, whatever of it a window would hide."""
    box = visitor.modal.bounding_box()
    assert box is not None
    hidden = visitor.modal.evaluate(
        "modal => Math.max(0, ...[modal, ...modal.querySelectorAll('*')].map("
        "one => getComputedStyle(one).overflowY === 'visible' ? 0 : one.scrollHeight - one.clientHeight))"
    )
    return float(box["height"] + hidden)


@pytest.mark.slow
def test_the_first_step_of_joining_fits_a_laptop(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    visitor = Visitor(page, stage.slack.page_url)
    sets_up(visitor)
    visitor.acts_as(COMPANY[1][0])
    visitor.goes_to("Messages")
    visitor.writes("/reverse-mentor")
    found = {}
    for role, (field, tallest) in ROLES.items():
        visitor.ticks(role)
        expect(visitor.field(field)).to_be_visible()
        expect(visitor.modal.locator(".block.input")).to_have_count(4 if role == "Both" else 3)
        found[role] = (height(visitor), tallest)
    visitor.presses("Add details", visitor.modal)
    expect(visitor.field("My department")).to_be_visible()
    whole = height(visitor)
    assert all(tallest / 4 < one < tallest for one, tallest in found.values()), found
    assert whole > OF_BOTH, "the details are measured too, so the first step is not small by mistake"
