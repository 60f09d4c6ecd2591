"""Journey: a cycle ends, and the leads get a report; a Slack without charts gets the same in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Message
from sandbox.block_kit import check_message
from tests.journeys.town import INTRO, PROPOSAL, Town

TOPICS = ("Podcasting", "AI tools", "Video editing", "Prompt writing", "Hybrid work")


INSIDE = (
    "Introduced: 5",
    "Held: 5",
    "1 or 2 meetings: 5",
    "Had a partner: at least 10",
    "I learned something: 10",
)


def report(town: Town) -> Message:
    (found,) = [one for one in town.lead.messages(town.leads_channel) if "Report on cycle 1" in one.text]
    return found


def asks(town: Town, words: str) -> Message:
    """What a lead reads who writes that to the bot."""
    before = len(town.lead.messages())
    town.lead.says(words)
    town.soon(lambda: len(town.lead.messages()) > before + 1)
    return town.lead.messages()[-1]


def lives_a_cycle(town: Town) -> None:
    """Five pairs are introduced and meet once; then the cycle ends."""
    town.sets_up(Meetings_of_a_pair=2, How_often="Every week")
    for topic in TOPICS:
        town.couple(topic)
    town.lives_until(PROPOSAL)
    town.approves_all()
    town.lives_until(INTRO + timedelta(days=4))
    for person in town.slack.people():
        asked = [one for one in person.messages() if "We met" in one.buttons]
        if asked:
            person.clicks("We met", asked[-1])
            town.quiet()
            person.clicks("I learned something")
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

    monkeypatch.setattr("sandbox.messages.check_message", check)


@pytest.mark.slow
def test_the_report_comes_when_a_cycle_ends_and_whoever_leads_can_ask_for_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives_a_cycle(town)
    told = report(town)
    kinds = [block["type"] for block in told.blocks]
    assert kinds.count("data_table") == 1
    assert 1 <= kinds.count("data_visualization") <= 2
    for words in INSIDE:
        assert words in told.text

    asked = asks(town, "report 1")
    assert "Held: 5" in asked.text
    assert {"data_table", "data_visualization"} <= {block["type"] for block in asked.blocks}
    assert "no report on cycle 2" in town.lead.types("/reverse-mentor report 2").text
    member = next(one for one in town.slack.people() if one.name.startswith("Mia"))
    assert "Only the program's leads" in member.types("/reverse-mentor report").text

    refuses_charts(monkeypatch)
    plain = asks(town, "report")
    assert not [block for block in plain.blocks if block["type"].startswith("data_")]
    assert "Held: 5" in plain.text


@pytest.mark.slow
def test_a_slack_without_charts_gets_every_figure_in_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses_charts(monkeypatch)
    town.expects_trouble = True
    lives_a_cycle(town)
    told = report(town)
    assert not told.blocks
    for words in INSIDE:
        assert words in told.text
