"""Every size of company gets pairs: proposed, decided on by its leads, and introduced."""

from __future__ import annotations

import pytest

from demo.__main__ import _result, _went_well
from demo.cast import LEADS
from demo.stage import Stage
from program import cycles, programs
from program.reports import Figures
from tests.demo.conftest import told
from tests.effort import at_length


@pytest.mark.slow
@pytest.mark.parametrize(
    "people", [2, 6, 20, *(pytest.param(size, marks=at_length) for size in (3, 40, 44, 60, 100))]
)
def test_a_company_of_any_size_gets_pairs(stage: Stage, people: int) -> None:
    figures = told(stage, people, weeks=1).play()
    assert figures.enrolled == people
    assert _went_well(_result(stage, figures))
    assert_decided(figures)


@pytest.mark.slow
def test_leads_with_more_pairs_than_cards_use_the_review(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cycles, "MOST_CARDS", 3)
    story = told(stage, 10, weeks=1, seed=2)
    story.begins()
    figures = story.figures()
    assert figures.introduced > 3
    assert_decided(figures)
    program = programs.find(stage.bot.ctx, stage.slack.team_id)
    assert program
    (lead,) = [one for one in stage.slack.people() if one.name == LEADS[0][0]]
    assert any("*All decided.*" in one for one in lead.messages(program.leads_channel))
    assert any(happening.what == "clicked 'Review pairs'" for happening in stage.slack.timeline)


def assert_decided(figures: Figures) -> None:
    """Every proposed pair was approved, declined or made way for another, and far more of them were approved."""
    assert figures.approved + figures.declined <= figures.proposed
    assert figures.introduced == figures.approved > 2 * figures.declined
