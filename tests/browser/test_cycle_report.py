"""The report on a cycle in a browser: in Slack with its charts and table, and as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from demo.narrator import Narrator
from demo.stage import Stage
from demo.story import INTROS, START, Story
from mentoring.outcomes.page import page as written
from mentoring.outcomes.published import CycleReport
from mentoring.outcomes.words import COLUMNS, figure, name, worth_a_row
from sandbox.browser import Visitor, axe_source
from tests.handlers.views import report_samples as samples

LEAD, CHANNEL = "Ottoline Wayfarer", "mentoring-leads"
PEOPLE, WEEKS = 16, 2
NASTY = "<img src=x onerror=alert(1)></style><script>alert(2)</script>"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage(START) as running:
        yield running


@pytest.mark.slow
def test_leads_see_home_the_digest_and_then_the_report(page: Page, stage: Stage) -> None:
    story = Story(stage, people=PEOPLE, weeks=WEEKS, seed=1, narrator=Narrator(lambda _line: None))
    story.begins()
    story.life.lives_until(INTROS + timedelta(weeks=1))
    visitor = Visitor(page, stage.slack.page_url)
    visitor.acts_as(LEAD)
    visitor.goes_to("Home")
    expect(page.locator("#home")).to_contain_text("How it goes")
    visitor.goes_to(CHANNEL)
    visitor.sees("This is how it stood on")
    story.life.lives_until(INTROS + timedelta(weeks=WEEKS, days=1))
    visitor.sees("Report on cycle 1")
    report = visitor.messages.filter(has_text="Report on cycle").last
    report.get_by_placeholder("Filter rows").fill("Introduced")
    row = report.get_by_role("row").filter(has_text="Introduced")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(str(story.figures().introduced))
    visitor.goes_to("Messages")
    visitor.writes("report")
    visitor.sees("Report on cycle 1")
    assert visitor.complaints() == []
    assert stage.slack.calls.errors() == {}


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_as_a_page_it_shows_every_figure_and_loads_and_runs_nothing(
    page: Page, tmp_path: Path, scheme: str, width: int
) -> None:
    path = tmp_path / "report.html"
    content = CycleReport(NASTY, samples.LARGEST)
    path.write_text("".join(written(content)), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NASTY)
    cells = page.locator("tbody tr").all_inner_texts()
    for topic in content.report.topics:
        for row in worth_a_row(topic):
            for _, count in zip(COLUMNS[topic.about], row.counts, strict=True):
                told = figure(topic.about, count, content.report.thresholds)
                assert any(name(topic.about, row) in cell and told in cell for cell in cells), (topic, row)
    page.evaluate(axe_source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [each["id"] for each in found["violations"]] == []
