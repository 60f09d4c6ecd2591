"""The report of a cycle on the page: its charts and tables are drawn, and what is held back is nowhere on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from demo.stage import Stage
from sandbox.browser import Visitor
from tests.browser.company import LEADS, sets_up
from tests.journeys.village import Village

TOPICS = ("Podcasting", "AI tools", "Video editing", "Prompt writing", "Hybrid work")
LONELY = "Beekeeping"
"""What a single person wants to learn: too few to be named."""


class Crowd(Village):
    """Those who join without the page, because there are many of them."""

    zone = "Europe/Lisbon"

    def __init__(self, stage: Stage) -> None:
        self.slack = stage.slack


def lives_a_cycle(visitor: Visitor, stage: Stage) -> None:
    """Five pairs are introduced, and each meets once; somebody stays alone."""
    sets_up(visitor)
    crowd = Crowd(stage)
    pairs = [crowd.couple(topic) for topic in TOPICS]
    crowd.joins("Lou Alone", "Director", wants=[LONELY])
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    visitor.moves_time("A week")
    visitor.writes("/reverse-mentor approve 1 2 3 4 5")
    visitor.sees("Approved by @Lea Leader")
    visitor.moves_time("A week")
    for person, _ in pairs:
        person.types("/reverse-mentor checkin met")
    for _ in range(13):
        visitor.moves_time("A week")


@pytest.mark.slow
def test_a_lead_reads_the_report_of_a_cycle(page: Page, stage: Stage) -> None:
    visitor = Visitor(page, stage.slack.page_url)
    lives_a_cycle(visitor, stage)
    visitor.acts_as("Lea Leader")
    visitor.goes_to(LEADS)
    report = visitor.messages.filter(has_text="Report on cycle 1").first
    expect(report).to_contain_text("Introduced")
    expect(report.locator("figure.chart svg").first).to_be_visible()
    expect(report.locator("table").last).to_be_visible()
    assert LONELY not in report.inner_html()
    assert stage.slack.calls.errors() == {}
    assert stage.slack.duplicates() == []
