"""The report of a matching in a browser: nothing runs, nothing is loaded, and everybody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.__main__ import main
from sandbox.browser import axe_source
from tests.house.sources import ROOT

PEOPLE = ROOT / "docs" / "samples" / "people.csv"
NASTY = "<img src=x onerror=alert(1)>"
MORE = f"""zoe,{NASTY},mentor,Boss,Sales,,Europe/London,09:00-17:00,English,SQL,,1,1,0,,yes
li,李雷 {"very" * 30},mentor,1,Sales,,Europe/London,09:00-17:00,English,{"skill" * 10},,1,1,0,,yes
noa,נועה,mentee,9,Sales,,Europe/London,09:00-17:00,English,,</style><script>alert(1)</script>,1,1,0,,yes
max,Max Example,mentor,1,Sales,,Europe/London,09:00-17:00,English,SQL,,0,1,0,,yes
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with pairs, people left out, a row held back, and texts that try to be markup."""
    folder = tmp_path_factory.mktemp("report")
    people = folder / "people.csv"
    people.write_text(PEOPLE.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    path = folder / "pairs.html"
    asked = ["match", str(people), "--hold-back", "--on", "2026-11-25", "--report", str(path)]
    assert main([*asked, "--out", str(folder / "pairs.csv")]) == 0
    return path


@pytest.fixture
def opened(page: Page, report: Path) -> Iterator[Page]:
    """The report in the browser, which asked for nothing but the file."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page
    assert asked == [report.as_uri()]


def complaints(page: Page) -> list[str]:
    """What axe-core finds on the page, however slight."""
    page.evaluate(axe_source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 400),
        pytest.param("light", 400, marks=pytest.mark.slow),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
    ],
)
def test_it_is_accessible_and_fits(opened: Page, scheme: str, width: int) -> None:
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.set_viewport_size({"width": width, "height": 860})
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints(opened) == []


@pytest.mark.slow
def test_it_fits_on_paper(opened: Page) -> None:
    opened.emulate_media(media="print", color_scheme="dark")
    opened.set_viewport_size({"width": 794, "height": 1123})
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_it_says_who_is_paired_who_is_not_and_why(opened: Page) -> None:
    pairs = opened.get_by_role("region", name="Pairs", exact=True)
    row = pairs.get_by_role("row").filter(has_text="Ben Castro").first
    expect(row).to_contain_text("Chi Nguyen")
    expect(row).to_contain_text("8,000")
    expect(row).to_contain_text("Teaches “Data visualization” (first choice)")
    without = opened.get_by_role("region", name="Without a partner")
    expect(without.get_by_role("row").filter(has_text="Lea Dubois")).to_contain_text("another partner")
    expect(without.get_by_role("row").filter(has_text="Max Example")).to_contain_text("mentor_capacity is 0")
    held = opened.get_by_role("region", name="Held back")
    expect(held.get_by_role("row").filter(has_text=NASTY)).to_contain_text("“Boss”")
    skill = opened.get_by_role("region", name="Skills").get_by_role("row").filter(has_text="Inclusi")
    expect(skill.first).to_be_visible()
    expect(opened.get_by_role("region", name="Levels")).to_contain_text("Executive")
    expect(opened.get_by_role("region", name="What was assumed")).to_contain_text("is read as")
    expect(opened.get_by_text("Monday, 23 November 2026")).to_be_visible()


def test_no_text_becomes_markup(opened: Page) -> None:
    assert opened.locator("img, script, link, iframe").count() == 0
    expect(opened.get_by_text("</style><script>alert(1)</script>").first).to_be_visible()


def test_tables_stay_tables_where_their_cells_stand_below_each_other(opened: Page) -> None:
    opened.set_viewport_size({"width": 400, "height": 860})
    table = opened.get_by_role("table", name="Who is paired with whom")
    headings = [each.text_content() for each in table.get_by_role("columnheader").all()]
    assert headings == ["Mentor, who teaches", "Mentee, who learns", "Score", "Why these two"]
    assert table.get_by_role("row").count() == 5
