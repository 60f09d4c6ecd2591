"""Journey: a cycle ends, and the leads get a report; a Slack without charts gets the same in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Message
from sandbox.block_kit import check_message
from tests.journeys.town import INTRO, PROPOSAL, Town

TOPICS = ("Podcasting", "AI tools", "Video editing", "Prompt writing", "Hybrid work")


def report(town: Town) -> Message:
    (found,) = [one for one in town.leads_channel.messages() if "Report on cycle 1" in one.text]
    return found


def lives_a_cycle(town: Town) -> None:
    """Five pairs are introduced and meet once; then the cycle ends."""
    town.sets_up(Weeks_in_a_cycle=2)
    for topic in TOPICS:
        town.couple(topic)
    town.lives_until(PROPOSAL)
    town.approves_all()
    town.lives_until(INTRO + timedelta(days=4))
    for person in town.slack.people():
        asked = [one for one in person.messages() if "We met" in one.buttons]
        if asked:
            person.clicks("We met", asked[-1])
    town.lives_until(INTRO + timedelta(weeks=2, hours=1))


def refuses_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack as it was before it had such blocks."""

    def check(blocks: object) -> list[str]:
        new = isinstance(blocks, list) and any(one["type"].startswith("data_") for one in blocks)
        return (
            ["[ERROR] unsupported type: data_table [json-pointer:/blocks/2/type]"]
            if new
            else check_message(blocks)
        )

    monkeypatch.setattr("sandbox.blocks.check_message", check)


def test_the_report_comes_when_a_cycle_ends_and_whoever_leads_can_ask_for_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives_a_cycle(town)
    told = report(town)
    kinds = [block["type"] for block in told.blocks]
    assert kinds.count("data_table") == 1
    assert 1 <= kinds.count("data_visualization") <= 2
    for words in ("Introduced: 5", "Held: 5", "1 or 2 meetings: 5", "Had a partner: at least 10"):
        assert words in told.text

    asked = town.lead.types("/reverse-mentor report 1")
    assert "Held: 5" in asked.text
    assert {"data_table", "data_visualization"} <= {block["type"] for block in asked.blocks}
    assert "no report on cycle 2" in town.lead.types("/reverse-mentor report 2").text
    member = next(one for one in town.slack.people() if one.name.startswith("Mia"))
    assert "Only the program's leads" in member.types("/reverse-mentor report").text

    refuses_charts(monkeypatch)
    plain = town.lead.types("/reverse-mentor report")
    assert not [block for block in plain.blocks if block["type"].startswith("data_")]
    assert "Held: 5" in plain.text


def test_a_slack_without_charts_gets_every_figure_in_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses_charts(monkeypatch)
    town.expects_trouble = True
    lives_a_cycle(town)
    told = report(town)
    assert told.blocks == []
    for words in ("Introduced: 5", "Held: 5", "1 or 2 meetings: 5", "Had a partner: at least 10"):
        assert words in told.text
