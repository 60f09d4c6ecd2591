"""The report in Slack: its text alone says every figure that its charts and its table show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views import Rendered
from handlers.views.reporting import CHARTS, NAMED, no_number, report, reported
from mentoring.outcomes.counted import About
from mentoring.outcomes.published import Report, SoFar, Thresholds
from program.reporting import Reported
from tests.handlers.views import report_samples as samples
from tests.handlers.views.checks import assert_good_message
from tests.handlers.views.samples import WHEN

STATES = {
    "empty": samples.EMPTY,
    "typical": samples.TYPICAL,
    "hiding": samples.HIDING,
    "few": samples.FEW,
    "largest": samples.LARGEST,
}
_RUNNING = SoFar(3, WHEN, 20, None, Thresholds())
_NOT_YET = Reported("R", WHEN)
ANSWERS: dict[str, Rendered] = {
    "not yet": reported(_NOT_YET, blocks=True),
    "the first runs": reported(replace(_NOT_YET, running=_RUNNING), blocks=True),
    "and another runs": reported(Reported("R", WHEN, samples.TYPICAL, _RUNNING), blocks=True),
    "in words": reported(Reported("R", WHEN, samples.HIDING, _RUNNING), blocks=False),
    "no number": no_number(),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer(name: str) -> None:
    assert_good_message(ANSWERS[name])


def figures(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What each figure of charts and tables is of, and the figure, as they stand on the screen."""
    for block in blocks:
        if block["type"] == "data_table":
            yield from ((row[1]["text"], row[2]["text"]) for row in block["rows"][1:])
        if block["type"] == "data_visualization":
            yield from _drawn(block)


def _drawn(chart: dict[str, Any]) -> Iterator[tuple[str, str]]:
    in_steps = chart["title"].endswith("in steps")
    for series in chart["chart"]["series"]:
        for one in series["data"]:
            number = f"{one['value']:,}"
            stepped = f"at least {number}" if one["value"] else "fewer than 5"
            yield one["label"], stepped if in_steps else number


def assert_says_every_figure(told: Rendered) -> None:
    """Somebody who is read the text alone hears each figure, beside the first letters of what it is of."""
    lines = [line for line in told.text.split("\n") if line.startswith("•")]
    for what, figure in figures(told.blocks):
        name, _, column = what.partition(": ")
        shown = name.rstrip("…").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:10]
        assert any(shown in line and figure in line and column in line for line in lines), (what, figure)


@pytest.mark.parametrize("name", STATES)
def test_the_text_says_every_figure_of_the_charts_and_the_table(name: str) -> None:
    assert_says_every_figure(report("R", STATES[name], blocks=True))


@settings(max_examples=60)
@given(samples.any_report(st.text("abc &<é", min_size=1, max_size=60)))
def test_the_text_says_every_figure_of_any_report(one: Report) -> None:
    told = report("R", one, blocks=True)
    assert_good_message(told)
    assert_says_every_figure(told)
    assert report("R", one, blocks=False).text == told.text


def test_two_charts_and_one_table() -> None:
    kinds = [block["type"] for block in report("R", samples.TYPICAL, blocks=True).blocks]
    assert kinds.count("data_visualization") == CHARTS
    assert kinds.count("data_table") == 1


def test_a_chart_leaves_out_what_is_hidden_and_the_table_says_that_it_is() -> None:
    told = report("R", samples.HIDING, blocks=True)
    hidden = {what for what, figure in figures(told.blocks) if figure == "hidden"}
    assert hidden >= {"I learned something", "A slow start"}
    drawn = {
        one["label"]
        for block in told.blocks
        if block["type"] == "data_visualization"
        for series in block["chart"]["series"]
        for one in series["data"]
    }
    assert drawn.isdisjoint(hidden)


def test_of_many_skills_the_scarcest_are_named_and_the_text_says_so() -> None:
    many = samples.LARGEST.topic(About.SKILLS)
    assert many is not None
    assert len(many.rows) > NAMED
    assert f"{NAMED} are listed here" in report("R", samples.LARGEST, blocks=True).text
    assert "are listed here" not in report("R", samples.TYPICAL, blocks=True).text


def test_a_figure_that_nobody_could_give_is_left_away() -> None:
    assert "No level: 0" not in report("R", samples.EMPTY, blocks=True).text


@given(samples.any_report(st.just("Sales")))
def test_how_meetings_were_is_explained_where_it_is_told(one: Report) -> None:
    told = report("R", one, blocks=False).text
    assert ("those figures are exact" in told) == (one.topic(About.SATISFACTION) is not None)
