"""The demo itself, with its story, its tour and its clock: by clicking, and in windows of every size."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from demo.narrator import Narrator
from demo.pace import Pace, TakenOver
from demo.scenes import opening
from demo.stage import Stage
from demo.story import START, Story
from demo.tour import TOUR, newcomers
from sandbox.browser import Visitor
from tests.effort import usually

LEAD = "Ottoline Wayfarer"
ROOM = 200
"""Pixels of messages that are left at least."""

WINDOWS = {
    "a small phone": (320, 640),
    "a phone": (400, 800),
    "half a screen": (800, 600),
    "a screen": (1280, 860),
    "a screen at 200 %": (640, 430),
    "half a screen at 200 %": (400, 300),
}

OUT_OF_REACH = """() => [...document.querySelectorAll("#topbar button, #main button, #composer-text")]
  .filter((each) => each.offsetParent && !each.disabled && getComputedStyle(each).visibility !== "hidden")
  .filter((each) => {
    each.scrollIntoView({ block: "nearest" });
    const box = each.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.left < 0 || box.right > innerWidth || !hit || !(each.contains(hit) || hit.contains(each));
  })
  .map((each) => each.textContent || each.id)"""


class Showing:
    """A story that plays in a thread of its own, as it does beside the page."""

    def __init__(self, people: int = 2) -> None:
        self.pace = Pace(watched=True, first=opening())
        self.taken_over = False
        self._people = people

    def __enter__(self) -> Showing:
        self.stage = Stage(START, show=self.pace.show)
        self.stage.__enter__()
        self.story = Story(self.stage, self._people, 1, 1, Narrator(lambda _line: None), self.pace)
        self._thread = threading.Thread(target=self._plays)
        self._thread.start()
        return self

    def _plays(self) -> None:
        try:
            self.story.play()
        except TakenOver:
            self.taken_over = True

    def ends(self) -> None:
        """Wait until the story has ended."""
        self._thread.join()

    def __exit__(self, *_: object) -> None:
        self.pace.take_over()
        self.ends()
        self.stage.__exit__(None, None, None)


@pytest.fixture
def showing() -> Iterator[Showing]:
    with Showing() as running:
        yield running


@pytest.fixture(scope="module")
def told() -> Iterator[Stage]:
    """A demo after its story, with the people of the tour."""
    with Stage(START) as stage:
        Story(stage, 2, 1, 1, Narrator(lambda _line: None)).play()
        stage.slow_down()
        newcomers(stage.slack)
        yield stage


@pytest.mark.slow
@pytest.mark.parametrize("window", usually(["half a screen at 200 %"], WINDOWS))
def test_nothing_is_cut_off_in_any_window(page: Page, told: Stage, window: str) -> None:
    width, height = WINDOWS[window]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(told.slack.page_url)
    expect(page.locator("#tour")).to_contain_text(TOUR.steps[0].title)
    expect(page.get_by_role("button", name="A week")).to_be_visible()
    for step in range(len(TOUR.steps)):
        page.locator(".dot").nth(step).click()
        expect(page.locator("#tour-title")).to_contain_text(TOUR.steps[step].title)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('#main').scrollWidth") <= width
        assert page.evaluate("document.querySelector('#scroller').clientHeight") >= ROOM
        assert page.evaluate(OUT_OF_REACH) == []
        assert page.evaluate(
            "[...document.querySelectorAll('#tour p')].every((p) => p.scrollHeight <= p.clientHeight)"
        )


@pytest.mark.slow
@pytest.mark.parametrize("window", usually(["a phone"], ["a phone", "a screen"]))
def test_a_story_in_the_page_is_watched_skipped_and_left(page: Page, showing: Showing, window: str) -> None:
    width, height = WINDOWS[window]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(showing.stage.slack.page_url)
    show = page.locator("#show")
    expect(show).to_contain_text("The program is set up")
    expect(page.locator("#tour")).to_be_hidden()
    expect(page.get_by_role("button", name="A week")).to_be_hidden()
    form = page.locator("dialog.modal")
    expect(form).to_contain_text("Leads' channel")
    expect(form.locator("h2").first).to_have_text("Set up the program")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    form.get_by_role("button", name="Skip this part").click()
    expect(show).to_contain_text("2 people join")
    first = showing.story.life.actors or showing.story.life.outside
    expect(page.locator("#me")).to_contain_text(next(iter(first.values())).name)
    page.get_by_role("button", name="Take over").click()
    showing.ends()
    assert showing.taken_over
    expect(show).to_be_hidden()
    expect(page.locator("#tour")).to_be_visible()
    expect(page.get_by_role("button", name="A week")).to_be_visible()


@pytest.mark.slow
def test_whoever_goes_elsewhere_is_not_led_back(page: Page, showing: Showing) -> None:
    visitor = Visitor(page, showing.stage.slack.page_url)
    page.get_by_role("button", name="Skip this part").click()
    expect(page.locator("#show")).to_contain_text("2 people join")
    expect(page.locator("dialog.modal")).to_have_count(0)
    visitor.acts_as("Barnaby Thistle")
    visitor.goes_to("mentoring-leads")
    page.get_by_role("button", name="Skip this part").click()
    expect(page.locator("#show")).to_contain_text("The leads decide")
    expect(page.locator("#me")).to_contain_text("Barnaby Thistle")
    page.get_by_role("button", name="Follow the story").click()
    expect(page.locator("#me")).to_contain_text(LEAD)
    expect(page.get_by_role("button", name="Follow the story")).to_be_hidden()
